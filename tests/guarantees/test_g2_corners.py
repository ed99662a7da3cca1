"""G2 in the corners: refusals, replayed operations, notes' owners, experts, another's figures."""

from dataclasses import replace

import pytest
from sqlmodel import select

from app.domain.consent import CONSENTABLE, ItemGroup
from app.domain.errors import NotFound, OpReused, Refused
from app.domain.vocabulary import AgencyKind, Role
from app.queries.case_page import case_page
from app.services.discussion import SayRemark, say_remark
from app.services.listing import USE_CASES
from app.services.sheets import AddSheetRow, add_sheet_row
from app.services.validation import validated
from app.store import plans
from app.store.tables.agencies import AgencyRow
from app.store.tables.cases import CaseAgencyRow, CaseRow, ConsentRow
from app.store.tables.journal import EntryRow
from tests.factories import actor_of, op, table
from tests.guarantees.canaries import marked, told
from tests.guarantees.figures import note
from tests.web.pages import Pages

INTRUDERS = ("aside", "auditor", "gallery", "outsider", "uncovered")
OF_A_CASE = {
    "case_id",
    "item_id",
    "round_id",
    "plan_id",
    "referral_id",
    "paper_id",
    "speech_id",
    "remark_id",
    "gap_id",
    "decision_id",
}
# Of an agenda those seated know that there is an item; they only may not run it.
OF_THE_AGENDA = {
    "carry_over_item",
    "end_item",
    "extend_item",
    "put_off_item",
    "settle_item",
    "start_item",
    "table_case",
    "take_step",
    "withdraw_item",
}


@pytest.mark.guarantee
def test_whoever_repeats_an_act_of_others_is_told_nothing(database):
    """Every act of the story once more, with the right ids, by everybody who has no right to it."""
    c, people = marked(database)
    for act in told(c):
        if act == "yorozu confirms":
            break
    before = entries(database)
    answers, leaks = {}, []
    for command, body in c.done:
        if OF_A_CASE.isdisjoint(body):
            continue
        spoken = {str(value) for value in body.values()}
        for who in INTRUDERS:
            code, text = refusal(database, people[who], command, body)
            answers[command, who, code] = answers.get((command, who, code), 0) + 1
            leaks += [
                (command, who, token)
                for token in c.tokens
                if token.text in text and not any(token.text in one for one in spoken)
            ]
    engine = database.engine.dialect.name
    note(f"g2_refusals_{engine}", acts=sum(answers.values()), leaks=len(leaks))
    assert leaks == []
    assert {
        (command, who, code)
        for command, who, code in answers
        if code != "not_found"
        and not (code == "not_entitled" and command in OF_THE_AGENDA and who in seated())
    } == set()
    assert entries(database) == before


def seated():
    return {"gallery", "uncovered"}


def refusal(database, actor, command, body):
    use_case = USE_CASES[command]
    try:
        use_case.run(database, actor, validated(use_case.command, {**body, "op_id": op()}))
    except Refused as refused:
        return refused.code, f"{refused} {refused.remedy} {refused.fields} {refused.detail}"
    return "done", ""


def entries(database):
    with database.read() as desk:
        return len(desk.session.exec(select(EntryRow.seq)).all())


def test_an_operation_answers_again_to_nobody_but_its_own_person_in_that_capacity(database):
    at = table(database)
    with database.begin() as uow:
        colleague = actor_of(uow, at.agencies["bank"], "同僚 二郎")
    command = SayRemark(op_id=op(), item_id=at.item.id, text="一度だけ")
    first = say_remark(database, at["bank"], command)
    elsewhere = replace(at["bank"], agency_id=at.agencies["cga"].id)

    for other in (colleague, elsewhere, at["cga"], at.outsider):
        with pytest.raises(OpReused):
            say_remark(database, other, command)
    assert say_remark(database, at["bank"], command) == first


def test_that_an_agency_keeps_a_note_is_its_own_business(database, tmp_path):
    at = table(database)
    pages = Pages(database, tmp_path)
    for who, kind in (("cga", "note"), ("council", "proposal")):
        command = AddSheetRow(op_id=op(), case_id=at.case.id, kind=kind)
        add_sheet_row(database, at[who], command)

    def owners(who):
        return set(pages.get(at[who], f"/api/cases/{at.case.id}/columns").json["owners"])

    assert owners("bank") == {at.agencies["council"].id}
    assert owners("cga") == {at.agencies["cga"].id, at.agencies["council"].id}


def test_a_sent_expert_does_not_read_the_consent(database, tmp_path):
    at = table(database)
    with database.begin() as uow:
        row = uow.session.get(AgencyRow, at.agencies["chamber"].id)
        row.kind = AgencyKind.EXPERT
        uow.session.add(row)
    expert = replace(at["chamber"], agency_kind=AgencyKind.EXPERT)
    pages = Pages(database, tmp_path)

    with database.read() as desk:
        assert case_page(desk, expert, at.case.id).consent is None
        assert case_page(desk, at["council"], at.case.id).consent is not None
    assert "支援方針の協議" in pages.text(at["council"], f"/cases/{at.case.id}")
    assert "支援方針の協議" not in pages.text(expert, f"/cases/{at.case.id}")


def test_a_paper_prints_nothing_that_the_firm_shares_with_nobody(database):
    """Asked are the referrer alone, who leads: what it sees of its own case is not all shared."""
    at = table(database)
    with database.begin() as uow:
        row = uow.session.exec(select(ConsentRow)).one()
        row.item_groups = [str(ItemGroup.IDENTITY), str(ItemGroup.SUPPORT)]
        uow.session.add(row)
    bank = at.agencies["bank"]
    asked = [{"agency_id": bank.id, "name": bank.name, "kind": bank.kind}]

    with database.read() as desk:
        known = plans.known_to_all(desk, desk.session.get(CaseRow, at.case.id), asked)

    assert known == {
        ItemGroup.IDENTITY,
        ItemGroup.SUPPORT,
        ItemGroup.PROPOSAL,
        ItemGroup.DECISION,
        ItemGroup.PRIVATE,
        ItemGroup.CONSENT,
    }


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "/\t/evil.example", "/\\evil.example", "/{id}/evil.example"]
)
def test_no_form_leads_to_another_host(database, tmp_path, elsewhere):
    at = table(database)
    pages = Pages(database, tmp_path)
    longer = {"item_id": at.item.id, "minutes": "5"}

    answer = pages.post(at["yorozu"], "extend_item", "/cases", next=elsewhere, **longer)

    # What an act made may be named in a path of our own, and in nothing else.
    here = elsewhere.format(id=at.item.id) if "{id}" in elsewhere else "/cases"
    assert (answer.status_code, answer.headers["Location"]) == (303, here)


def test_an_auditor_finds_no_firm_by_any_name(database, tmp_path):
    at = table(database)
    with database.begin() as uow:
        auditor = actor_of(uow, at.agencies["cga"], "監査 役", Role.AUDITOR)

    answer = Pages(database, tmp_path).get(auditor, f"/firms?q={at.firm.name}")

    assert answer.status_code == 403
    assert at.firm.city not in answer.text


def test_a_seat_that_a_new_consent_names_can_answer_what_it_is_asked(database):
    """Left out at first, the chamber sees nothing; named anew, it is asked and can answer."""
    at = table(database)
    with database.begin() as uow:
        chamber = at.agencies["chamber"].id
        uow.session.delete(uow.session.get(CaseAgencyRow, (at.case.id, chamber)))
    named = {"agencies": [one.id for one in at.agencies.values()], "method": "handwritten"}
    groups = [str(group) for group in CONSENTABLE]

    def says():
        command = SayRemark(op_id=op(), item_id=at.item.id, text="伺います")
        return say_remark(database, at["chamber"], command)

    with pytest.raises(NotFound):
        says()
    use_case = USE_CASES["record_consent"]
    body = {"op_id": op(), "case_id": at.case.id, "item_groups": groups, **named}
    use_case.run(database, at["bank"], validated(use_case.command, body))

    assert says().id is not None
