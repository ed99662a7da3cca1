from pathlib import Path

import pytest
from icalendar import Calendar

from app.domain.vocabulary import Role
from app.store.journal_export import fingerprint_on
from app.store.unit_of_work import Database
from tests.conference_steps import (
    SIX,
    added,
    as_role,
    case_of,
    conference,
    invited,
    item,
    opened,
    planned,
    replies,
    tabled,
)
from tests.factories import table
from tests.journal_steps import decided
from tests.room_steps import close, end
from tests.services.test_series import set_up
from tests.web.pages import Pages, forms_of, words_of


@pytest.fixture
def pages(database: Database, tmp_path: Path) -> Pages:
    return Pages(database, tmp_path)


def test_an_agency_finds_its_conference_and_answers_on_the_page(
    database: Database, pages: Pages
) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    here = f"/conferences/{conference_id}/invitation"
    listed = pages.get(at["bank"], "/conferences")
    assert f'href="{here}"' in listed.text
    response = pages.post(
        at["bank"],
        "answer_invitation",
        here,
        conference_id=conference_id,
        agency_id=at.agencies["bank"].id,
        reply="substitute",
        attendees="髙槗 翔太",
    )
    assert (response.status_code, response.location) == (303, here)
    assert "髙槗 翔太" in pages.text(at["cga"], f"/conferences/{conference_id}")


def test_a_refused_reply_keeps_what_was_typed_in_its_own_form(
    database: Database, pages: Pages
) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    response = pages.post(
        at["cga"],
        "answer_invitation",
        f"/conferences/{conference_id}",
        conference_id=conference_id,
        agency_id=at.agencies["yorozu"].id,
        reply="substitute",
        note="電話で確認中です",
    )
    assert response.status_code == 400
    assert response.text.count("電話で確認中です") == 1
    assert response.text.count('id="refused-attendees"') == 1
    assert "代理で出席する方の氏名を入力してください。" in words_of(response)
    assert replies(database, conference_id) == ["waiting"] * 6


def test_the_host_lays_out_the_agenda_with_plain_forms(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    conference_id, subject = planned(database, at), case_of(database, at)
    here = f"/conferences/{conference_id}"
    for command, values in (
        ("table_case", {"case_id": subject.id, "minutes": "３０"}),
        ("add_item", {"kind": "report", "title": "前回の報告", "minutes": "10"}),
        ("send_invitations", {"reply_by": "令和8年12月8日"}),
    ):
        response = pages.post(at["cga"], command, here, conference_id=conference_id, **values)
        assert (response.status_code, response.location) == (303, here)
    told = pages.text(at["cga"], here)
    assert "有限会社仁科坂プレス" in told
    assert "14:00 前回の報告" in told
    assert conference(database, conference_id).invited_at is not None


def test_an_item_moves_up_by_its_button(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    conference_id = planned(database, at)
    first, second = (added(database, at, conference_id, f"報告{n}") for n in (1, 2))
    here = f"/conferences/{conference_id}"
    values = {"conference_id": conference_id, "item_ids": [second, first]}
    assert pages.post(at["cga"], "reorder_agenda", here, **values).status_code == 303
    assert (item(database, second).position, item(database, first).position) == (1, 2)
    page = pages.get(at["cga"], here)
    order = [page.text.index(f'name="item_ids" value="{one}"') for one in (first, second)]
    assert order == sorted(order)


def test_a_firm_outside_the_consent_is_on_no_page(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    conference_id, _case_item, _report = opened(database, at)
    for path in ("", "/invitation", "/invitation.ics"):
        outside = pages.get(at["chamber"], f"/conferences/{conference_id}{path}")
        assert (outside.status_code, "仁科坂" in outside.text) == (200, False)
    assert "仁科坂" in pages.get(at["yorozu"], f"/conferences/{conference_id}").text
    for path in ("/", "/conferences", "/conferences?view=month&month=2026-12"):
        assert "仁科坂" not in pages.get(at["chamber"], path).text


def test_a_conference_is_not_found_without_a_seat(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    for path in ("", "/edit", "/invitation", "/invitation.ics"):
        for actor in (at.outsider, at.stranger, as_role(at["bank"], Role.AUDITOR)):
            response = pages.get(actor, f"/conferences/{conference_id}{path}")
            assert response.status_code == 404
            assert "カンファレンス" not in response.text
        assert pages.get(at["bank"], f"/conferences/{'0' * 32}{path}").status_code == 404


def test_forms_are_offered_to_those_who_may_send_them(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    case_of(database, at)
    here = f"/conferences/{conference_id}"
    assert forms_of(pages.get(at["cga"], here)) == [
        "table_case",
        "add_item",
        "answer_invitation",
        "give_proxy",
        "set_decision_rule",
        "send_invitations",
        "invite_agency",
        "cancel_conference",
    ]
    assert forms_of(pages.get(at["bank"], here)) == ["answer_invitation", "give_proxy"]
    assert forms_of(pages.get(as_role(at["bank"], Role.OBSERVER), here)) == []
    assert pages.get(at["bank"], f"{here}/edit").status_code == 403


def test_the_calendar_file_is_the_agencys_own(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    response = pages.get(at["bank"], f"/conferences/{conference_id}/invitation.ics")
    assert response.content_type == "text/calendar; charset=utf-8; method=REQUEST"
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="conference-20261215.ics"'
    )
    (event,) = Calendar.from_ical(response.data).walk("VEVENT")
    assert str(event["URL"]) == f"http://localhost:8000/conferences/{conference_id}"
    assert str(event["ATTENDEE"].params["CN"]) == "つむぎ坂信用金庫"


def test_a_conference_is_registered_and_its_page_follows(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    values = {
        "kind": "assist",
        "name": "アシスト会議",
        "held": "2026-12-01",
        "start_time": "10:00",
        "minutes": "90",
        "quorum": "",
        "agency_ids": [at.agencies[key].id for key in SIX[:3]],
        "next": "/conferences/{id}",
    }
    response = pages.post(at["cga"], "create_conference", "/conferences/new", **values)
    assert response.status_code == 303
    assert "出席 0／3機関（定足数 3）" in pages.text(at["cga"], response.location)
    refused = pages.post(
        at["cga"], "create_conference", "/conferences/new", **(values | {"minutes": "2"})
    )
    assert refused.status_code == 400
    assert refused.text.count(" checked") == 3
    assert 'value="アシスト会議"' in refused.text


def test_a_change_is_made_on_a_page_of_its_own(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    here = f"/conferences/{conference_id}"
    form = pages.get(at["cga"], f"{here}/edit").text
    for value in ("2026-12-15", "13:30", "120", "https://meet.example.jp/8"):
        assert f'value="{value}"' in form
    values = {"conference_id": conference_id, "name": "臨時会議", "held": "2026-12-16"}
    values |= {"start_time": "9:30", "minutes": "60", "next": here}
    response = pages.post(at["cga"], "change_conference", f"{here}/edit", **values)
    assert (response.status_code, response.location) == (303, here)
    assert "2026年12月16日(水) 09:30～10:30" in pages.text(at["bank"], here)


@pytest.mark.parametrize("month", ["2026-13", "0000-00", "1999-01", "2100-01", "x"])
def test_a_month_there_is_not_shows_this_one(database: Database, pages: Pages, month: str) -> None:
    at = table(database, running=False)
    told = pages.text(at["bank"], f"/conferences?view=month&month={month}")
    assert "2026年11月の会議" in told


def test_series_are_a_view_of_their_hosts_only(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    series_id = set_up(database, at)
    assert "毎月第3火曜日" in pages.text(at["cga"], "/conferences?view=series")
    assert "毎月第3火曜日" not in pages.text(at["bank"], "/conferences?view=series")
    assert pages.get(at["bank"], f"/conferences/series/{series_id}").status_code == 404


def test_an_occurrence_becomes_a_conference_by_its_button(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    series_id = set_up(database, at, nth=1, weekday=0, shift="ask")
    here = f"/conferences/series/{series_id}"
    values = {"series_id": series_id, "occurrence": "2027-05", "next": "/conferences/{id}"}
    refused = pages.post(at["cga"], "plan_occurrence", here, **values)
    assert refused.status_code == 400
    assert "休業日に当たるため、開催日を決めてください。" in words_of(refused)
    held = pages.post(at["cga"], "plan_occurrence", here, held="2027-05-06", **values)
    assert held.status_code == 303
    assert "2027年5月6日(木)" in pages.text(at["cga"], held.location)
    assert "2027年5月3日(月)（憲法記念日）から変更" in pages.text(at["cga"], here)


def test_a_tabled_case_leads_to_its_page(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    conference_id, subject = invited(database, at), case_of(database, at)
    tabled(database, at, conference_id, subject)
    page = pages.get(at["yorozu"], f"/conferences/{conference_id}")
    assert f'href="/cases/{subject.id}"' in page.text


def test_a_case_is_carried_over_before_the_conference(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    conference_id, subject = invited(database, at), case_of(database, at)
    item_id = tabled(database, at, conference_id, subject)
    here = f"/conferences/{conference_id}"
    assert "carry_over_item" in forms_of(pages.get(at["cga"], here))
    assert pages.post(at["cga"], "carry_over_item", here, item_id=item_id).status_code == 303
    assert item(database, item_id).status == "done"
    assert "carry_over_item" not in forms_of(pages.get(at["cga"], here))


def test_a_closed_conference_shows_the_fingerprint_of_its_record(
    database: Database, pages: Pages
) -> None:
    at = decided(database).at
    here = f"/conferences/{at.conference.id}"
    assert "記録の指紋" not in pages.text(at["bank"], here)
    end(database, at["yorozu"], at.item.id)
    close(database, at["yorozu"], at.conference.id)
    with database.read() as desk:
        letters = fingerprint_on(desk.session, at.conference.id)
    assert f"記録の指紋 {letters}" in pages.text(at["bank"], here)
    assert f"記録の指紋：{letters}" in pages.text(at["bank"], f"{here}/room")
