"""Every command, tried at the moment it would work, is refused to those it does not belong to."""

from dataclasses import replace

import pytest
from sqlmodel import func, select

from app.domain.errors import Refused
from app.domain.vocabulary import Role
from app.services.listing import USE_CASES
from app.services.validation import validated
from app.store.tables.journal import EntryRow, OperationRow
from tests.factories import op
from tests.story import Cast, cast, story

# Any agency of the network may do these for itself; somebody who only looks on may not.
OPEN_TO_ALL = {"create_firm", "open_case", "choose_reminders"}
# Reading begins with this, so those who only look on do it for themselves.
OPEN_TO_WATCHERS = {"accept_confidentiality"}


def stored(database):
    with database.read() as desk:
        return tuple(
            desk.session.exec(select(func.count()).select_from(table)).one()
            for table in (EntryRow, OperationRow)
        )


class Watched(Cast):
    """Before each act others try the very same, and must leave no trace."""

    only: frozenset[str] = frozenset()

    def does(self, who, command, keep=None, **body):
        for name, actor in self.others.items():
            if name == "outsider" and command in OPEN_TO_ALL:
                continue
            if name == "observer of the bank" and command in OPEN_TO_WATCHERS:
                continue
            if self.only and command not in self.only:
                continue
            before = stored(self.database)
            values = validated(USE_CASES[command].command, {"op_id": op(), **body})
            with pytest.raises(Refused) as refused:
                USE_CASES[command].run(self.database, actor, values)
            assert stored(self.database) == before
            self.seen.add((name, command, refused.value.code))
        return super().does(who, command, keep, **body)


def test_every_command_is_refused_to_a_stranger_an_outsider_and_an_auditor(database):
    plain = cast(database)
    c = Watched(**vars(plain))
    bank = plain.actors["bank"]
    c.others = {
        "outsider": plain.outsider,
        "stranger": replace(plain.outsider, role=Role.OBSERVER),
        "auditor": replace(bank, role=Role.AUDITOR),
        "observer of the bank": replace(bank, role=Role.OBSERVER),
    }
    c.seen = set()
    for what, act in story(c):
        if what == "end":
            try_to_carry_over(c)
        act()
    tried = {command for name, command, _code in c.seen if name == "stranger"}
    assert tried == set(USE_CASES)
    told = {code for name, _command, code in c.seen if name == "outsider"}
    assert told <= {"not_found", "not_entitled"}


def try_to_carry_over(c):
    """The item ends with a result in the story, so only the refusals are tried."""
    with pytest.raises(Refused):
        c.does("bank", "carry_over_item", item_id=c.ids["item"])


BELONG_TO_OTHERS = {
    "open_conference",
    "start_item",
    "extend_item",
    "end_item",
    "close_conference",
    "hand_over_chair",
    "open_round",
    "declare_result",
    "table_case",
    "add_item",
    "send_invitations",
    "change_conference",
    "cancel_conference",
    "invite_agency",
    "reorder_agenda",
    "withdraw_consent",
    "refer_case",
    "answer_referral",
    "draft_plan",
    "circulate_plan",
    "carry_over_item",
    "fix_item_papers",
    "put_paper_on_item",
    "take_paper_off_item",
    "renew_paper",
    "show_paper",
    "suggest_recusal",
    "pin_recusal",
    "lift_recusal",
    "call_speaker",
    "end_speech",
    "hold_speech",
    "continue_speech",
    "close_speakers",
    "reopen_speakers",
    "set_speaking_time",
    "withdraw_request",
    "take_attendance_as_replied",
    "correct_in_lane",
    "correct_remark",
    "mark_outcome",
    "pause_conference",
    "resume_conference",
    "take_step",
    "put_off_item",
    "withdraw_item",
    "invite_guest",
    "revoke_guest",
    "settle_item",
    "enter_stance",
    "set_decision_rule",
    "declare_no_taker",
    "move_gap",
    "settle_gap",
    "correct_decision",
    "open_poll",
    "close_poll",
    "decide_tie",
}


def test_a_seated_agency_cannot_do_what_belongs_to_chair_lead_or_secretariat(database):
    plain = cast(database)
    c = Watched(**vars(plain))
    c.others, c.seen, c.only = {"chamber": plain.actors["chamber"]}, set(), BELONG_TO_OTHERS
    for what, act in story(c):
        if what == "end":
            try_to_carry_over(c)
        act()
    assert {command for _name, command, _code in c.seen} == BELONG_TO_OTHERS
