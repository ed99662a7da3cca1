"""Forms keep what was typed, name what is wrong, and work without script."""

import re
from typing import Any

from app.domain.stances import Stance
from tests.templates.conftest import Render

FORM = """{% call(form) act_form('record_consent', case_id='c1', expected_version=3) %}
{{ text(form, 'signer', '署名した人', '青葉 太郎', hint='代表者の氏名', required=true) }}
{{ textarea(form, 'note', '説明') }}
{{ select(form, 'how', '方法', [('hand', '自署'), ('digital', '電子署名')], 'hand') }}
{{ checkboxes(form, 'agencies', '機関', [('a', '甲'), ('b', '乙')], ['a']) }}
{{ checkbox(form, 'told', '説明した', default=true) }}
{% endcall %}"""
REFUSAL: dict[str, Any] = {
    "code": "malformed",
    "message": "入力内容を確認してください。",
    "remedy": "直してください。",
    "fields": {"signer": "入力してください。", "agencies-0": "選択肢から選んでください。"},
}
TYPED: dict[str, str | list[str]] = {
    "case_id": "c1",
    "expected_version": "2",
    "signer": "",
    "note": '\n<b>"打ちかけ"</b>',
    "how": "digital",
    "agencies": ["b"],
}


def named(html: str, tag: str, name: str) -> list[str]:
    return re.findall(rf'<{tag}\b[^>]*\bname="{name}"[^>]*>', html)


def value(html: str, name: str) -> str:
    (tag,) = named(html, "input", name)
    found = re.search(r'value="([^"]*)"', tag)
    assert found
    return found[1]


def test_a_form_posts_to_its_act_with_proof_number_and_way_back(render: Render) -> None:
    html = render(FORM)
    assert re.findall(r'<form [^>]*action="([^"]+)"', html) == ["/act/record_consent"]
    assert [value(html, n) for n in ("csrf", "back", "case_id", "expected_version")] == [
        "token",
        "/cases/7",
        "c1",
        "3",
    ]
    assert re.fullmatch(r"[0-9a-f]{32}", value(html, "op_id"))


def test_a_fresh_form_shows_the_defaults_and_no_error(render: Render) -> None:
    html = render(FORM)
    assert value(html, "signer") == "青葉 太郎"
    assert re.findall(r'<option value="(\w+)" selected', html) == ["hand"]
    assert ["checked" in tag for tag in named(html, "input", "agencies")] == [True, False]
    assert "aria-invalid" not in html
    assert 'role="alert"' not in html


def test_a_refused_form_keeps_what_was_typed(render: Render) -> None:
    html = render(FORM, refused="record_consent", typed=TYPED, refusal=REFUSAL)
    assert value(html, "signer") == ""
    assert "\n\n&lt;b&gt;&#34;打ちかけ&#34;&lt;/b&gt;</textarea>" in html
    assert re.findall(r'<option value="(\w+)" selected', html) == ["digital"]
    assert ["checked" in tag for tag in named(html, "input", "agencies")] == [False, True]
    assert ["checked" in tag for tag in named(html, "input", "told")] == [False]
    assert value(html, "expected_version") == "3"


def test_a_refused_form_leads_back_to_its_page_and_not_to_the_act(render: Render) -> None:
    html = render(FORM, refused="record_consent", typed=TYPED, refusal=REFUSAL)
    assert value(html, "back") == "/cases/7"


def test_the_summary_names_each_field_and_leads_to_it(render: Render) -> None:
    html = render(FORM, refused="record_consent", typed=TYPED, refusal=REFUSAL)
    links = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', html)
    assert links == [
        ("refused-signer", "署名した人：入力してください。"),
        ("refused-agencies", "機関：選択肢から選んでください。"),
    ]
    assert [html.count(f'id="{anchor}"') for anchor, _text in links] == [1, 1]


def test_a_wrong_field_is_described_by_its_hint_and_its_error(render: Render) -> None:
    html = render(FORM, refused="record_consent", typed=TYPED, refusal=REFUSAL)
    (signer,) = named(html, "input", "signer")
    assert 'aria-describedby="refused-signer-hint refused-signer-error"' in signer
    assert 'aria-invalid="true"' in signer
    assert html.count('id="refused-signer-error"') == 1


def test_only_the_form_that_was_sent_is_the_refused_one(render: Render) -> None:
    source = """{% for n in ('c1', 'c2') %}
    {% call(form) act_form('withdraw_case', key=n, case_id=n) %}
    {{ text(form, 'reason', '理由') }}{% endcall %}{% endfor %}
    {% call(form) act_form('record_consent', case_id='c2') %}
    {{ text(form, 'reason', '注') }}{% endcall %}"""
    refusal = {**REFUSAL, "fields": {"reason": "入力してください。"}}
    html = render(
        source, refused="withdraw_case", typed={"case_id": "c2", "reason": "x"}, refusal=refusal
    )
    ids = re.findall(r'<input class="input"[^>]* id="([^"]+)"', html)
    assert ids == ["withdraw_case-c1-reason", "refused-reason", "record_consent-reason"]
    assert html.count('id="refusal"') == 1


def test_a_folded_form_opens_when_it_was_refused(render: Render) -> None:
    source = """{% call second_look('取り下げる') %}{% call(form) act_form('withdraw_case') %}
    {{ text(form, 'reason', '理由') }}{% endcall %}{% endcall %}"""
    assert '<details class="second-look">' in render(source)
    refused = render(source, refused="withdraw_case", typed={}, refusal=REFUSAL)
    assert '<details class="second-look" open>' in refused


def test_words_of_a_form_no_longer_on_the_page_are_shown(render: Render) -> None:
    page = '{% extends "base.html" %}{% block main %}<p>終了した議題です。</p>{% endblock %}'
    typed: dict[str, str | list[str]] = {"case_id": "c1", "text": "書きかけの発言"}
    html = render(page, refused="say", typed=typed, refusal={**REFUSAL, "fields": {}})
    assert html.count('id="refusal"') == 1
    assert re.findall(r"<li>([^<]+)</li>", html) == ["書きかけの発言"]


def test_the_summary_of_a_form_on_the_page_is_not_said_twice(render: Render) -> None:
    page = '{% extends "base.html" %}{% block main %}' + FORM + "{% endblock %}"
    html = render(page, refused="record_consent", typed=TYPED, refusal=REFUSAL)
    assert html.count('id="refusal"') == 1


def test_stances_stand_in_the_order_of_the_domain_and_none_is_chosen(render: Render) -> None:
    html = render("{% call(form) act_form('give_stance') %}{{ stance(form) }}{% endcall %}")
    offered = re.findall(r'name="stance" value="(\w+)"( checked)?', html)
    assert offered == [(s.value, "") for s in Stance if s is not Stance.NOT_APPLICABLE]


def test_a_password_is_never_written_back(render: Render) -> None:
    source = """{% call(form) act_form('change') %}
    {{ text(form, 'password', '暗証', 'secret', type='password') }}{% endcall %}"""
    html = render(source, refused="change", typed={"password": "secret"}, refusal=REFUSAL)
    assert "secret" not in html
