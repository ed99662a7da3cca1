import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from app.store.unit_of_work import Database
from tests.factories import op
from tests.plan_steps import (
    ASKED,
    Planned,
    agreed,
    circulate,
    circulated,
    completed,
    confirm,
    decided,
    draft,
    drafted,
    lines,
    plan_of,
    write,
)
from tests.web.pages import Pages, forms_of, words_of


@pytest.fixture
def pages(database: Database, tmp_path: Path) -> Pages:
    return Pages(database, tmp_path)


def at(planned: Planned) -> str:
    return f"/plans/{planned.plan_id}"


def test_each_reader_gets_the_forms_it_may_use(database: Database, pages: Pages) -> None:
    planned = completed(database)

    assert forms_of(pages.get(planned["yorozu"], at(planned))) == [
        "write_plan_section",
        "put_plan_line",
        "remove_plan_line",
        "circulate_plan",
    ]
    assert forms_of(pages.get(planned["council"], at(planned))) == [
        "put_plan_line",
        "remove_plan_line",
    ]
    assert forms_of(pages.get(planned["chamber"], at(planned))) == []


def test_the_whole_way_goes_by_plain_forms(database: Database, pages: Pages) -> None:
    """Draft, write, add a line, circulate, confirm: no script anywhere."""
    table = decided(database)
    lead = table["yorozu"]
    begun = {"case_id": table.case.id, "next": "/plans/{id}"}
    here = pages.post(lead, "draft_plan", f"/cases/{table.case.id}", **begun).headers["Location"]
    planned = Planned(table, here.removeprefix("/plans/"))
    sent = pages.post(
        lead,
        "write_plan_section",
        here,
        plan_id=planned.plan_id,
        section="cash",
        text="1月に\r\n不足する。",
        base_version=1,
    )
    assert (sent.status_code, sent.headers["Location"]) == (303, here)
    line = {
        "plan_id": planned.plan_id,
        "list": "kpi",
        "line_id": "",
        "base_version": 0,
        "indicator": "粗利率",
        "current": "",
        "target": "67％",
        "due": "2027-11-30",
        "how": "",
    }
    assert pages.post(lead, "put_plan_line", here, **line).status_code == 303
    assert pages.post(lead, "circulate_plan", here, plan_id=planned.plan_id).status_code == 303
    digest = plan_of(database, planned.plan_id).digest
    for key in ASKED:
        answer = {"plan_id": planned.plan_id, "digest": digest, "answer": "approve", "text": ""}
        assert pages.post(planned[key], "confirm_plan", here, **answer).status_code == 303

    plan = plan_of(database, planned.plan_id)
    assert plan.status == "agreed"
    assert plan.sections["cash"]["text"] == "1月に\n不足する。"
    assert lines(database, planned.plan_id, "kpi")[0]["values"]["due"] == "2027-11-30"
    assert "合意" in pages.text(planned["bank"], here)


def test_the_lead_begins_the_next_version_from_the_agreed_one(
    database: Database, pages: Pages
) -> None:
    planned = agreed(database)
    assert forms_of(pages.get(planned["bank"], at(planned))) == []
    assert forms_of(pages.get(planned["yorozu"], at(planned))) == ["draft_plan"]

    begun = {"case_id": planned.at.case.id, "next": "/plans/{id}"}
    sent = pages.post(planned["yorozu"], "draft_plan", at(planned), **begun)

    second = sent.headers["Location"].removeprefix("/plans/")
    assert plan_of(database, second).version == 2
    assert forms_of(pages.get(planned["yorozu"], at(planned))) == []


def test_a_clash_shows_both_texts_and_loses_neither(database: Database, pages: Pages) -> None:
    planned = drafted(database)
    write(database, planned.at.colleague("yorozu"), planned.plan_id, "policy", "同僚の方針")

    refused = pages.post(
        planned["yorozu"],
        "write_plan_section",
        at(planned),
        plan_id=planned.plan_id,
        section="policy",
        text="私の方針",
        base_version=1,
    )

    assert refused.status_code == 409
    section = re.search(r'id="section-policy".*?</section>', refused.text, flags=re.S)
    assert section is not None
    for words in (
        "同僚 二郎が先に変更しました。",
        "同僚の方針",
        "私の方針",
        "この内容で上書きする",
    ):
        assert words in section[0]
    assert 'name="base_version" value="2"' in section[0]
    # The other sections stand as they are, without an error of their own.
    assert refused.text.count('id="refusal"') == 1
    assert refused.text.count("私の方針") == 1


def test_a_refused_line_opens_its_own_form_again(database: Database, pages: Pages) -> None:
    planned = drafted(database)
    line = {"plan_id": planned.plan_id, "list": "action", "line_id": "", "base_version": 0}

    refused = pages.post(planned["yorozu"], "put_plan_line", at(planned), **line, content="補助金")

    assert refused.status_code == 400
    assert refused.text.count('id="refusal"') == 1
    table = re.search(r'id="list-action".*?</section>', refused.text, flags=re.S)
    assert table is not None
    assert 'id="refusal"' in table[0]
    assert ">\n補助金</textarea>" in table[0]
    assert table[0].count('<details class="disclosure" open>') == 1


def test_fields_nobody_knows_are_refused(database: Database, pages: Pages) -> None:
    planned = circulated(database)
    answer = {"plan_id": planned.plan_id, "answer": "approve", "agency_id": op()}

    refused = pages.post(planned["bank"], "confirm_plan", at(planned), **answer)

    assert refused.status_code == 400
    assert "この項目は受け付けられません。" in words_of(refused)
    assert plan_of(database, planned.plan_id).status == "circulating"


def test_an_outsider_gets_the_same_answer_for_page_paper_and_nothing(
    database: Database, pages: Pages
) -> None:
    planned = agreed(database)
    for actor in (planned.at.outsider, planned.at.stranger):
        answers = [
            pages.get(actor, path)
            for path in (
                at(planned),
                f"{at(planned)}.pdf",
                f"/plans/{op()}",
                f"/plans/{op()}.pdf",
            )
        ]
        assert {answer.status_code for answer in answers} == {404}
        assert len({words_of(answer) for answer in answers}) == 1
        assert planned.at.firm.name not in answers[0].text


def test_the_paper_of_a_version_always_has_the_same_bytes(database: Database, pages: Pages) -> None:
    planned = agreed(database)

    first = pages.get(planned["bank"], f"{at(planned)}.pdf")
    second = pages.get(planned["yorozu"], f"{at(planned)}.pdf")

    assert first.status_code == 200, words_of(first)
    assert first.mimetype == "application/pdf"
    assert first.data.startswith(b"%PDF-")
    assert first.data == second.data
    disposition = first.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=\"SP-13-R8-0001-1.pdf\"; filename*=UTF-8''")
    assert unquote(disposition.partition("''")[2]) == "支援計画書_SP-13-R8-0001-1.pdf"


def test_a_paper_that_cannot_be_printed_says_so_on_a_page(database: Database, pages: Pages) -> None:
    planned = drafted(database)
    write(database, planned["yorozu"], planned.plan_id, "policy", "方" * 5000)
    with database.begin() as uow:
        plan = plan_of(database, planned.plan_id)
        plan.sections = {**plan.sections, "policy": {"text": "方" * 9000, "version": 3}}
        uow.session.add(plan)

    failed = pages.get(planned["yorozu"], f"{at(planned)}.pdf")

    assert failed.status_code == 503
    assert "「支援方針」の文章が長すぎます" in words_of(failed)
    assert "該当の欄を短くしてから" in words_of(failed)


def test_versions_and_states_are_told(database: Database, pages: Pages) -> None:
    planned = circulated(database)
    confirm(database, planned["council"], planned.plan_id, "return", "期限を見直してください。")
    assert "期限を見直してください。" in pages.text(planned["yorozu"], at(planned))

    again = agreed_again(database, planned)

    assert "これは旧版です。" in pages.text(planned["bank"], at(planned))
    assert "これは旧版です。" not in pages.text(planned["bank"], f"/plans/{again}")


def agreed_again(database: Database, planned: Planned) -> str:
    circulate(database, planned["yorozu"], planned.plan_id)
    for key in ASKED:
        confirm(database, planned[key], planned.plan_id)
    return draft(database, planned["yorozu"], planned.at.case.id).id or ""
