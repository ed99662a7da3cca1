from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.conference import ConferenceStatus, ItemStatus
from app.domain.consent import ItemGroup
from app.domain.errors import Malformed, StateForbids
from app.domain.firm_layer import SHARED, is_correctable, require_correctable, shown
from app.domain.guests import (
    ENDING_SENTENCES,
    GRACE,
    CorrectionState,
    Ending,
    InvitationState,
    Situation,
    ending_of,
    expiry,
    happening,
    require_invitable,
    require_waiting,
)
from app.domain.item_course import ItemStep
from app.domain.sheet_columns import COLUMN, COLUMNS
from tests.factories import NOW

WELCOME = Situation(
    state=InvitationState.ENTERED,
    item=ItemStatus.RUNNING,
    conference=ConferenceStatus.OPEN,
    consent_is_live=True,
    expires_at=NOW + timedelta(hours=1),
)


@pytest.mark.parametrize("conference", ["planned", "open", "paused"])
@pytest.mark.parametrize("item", ["waiting", "running"])
@pytest.mark.parametrize("state", ["sent", "entered"])
def test_a_guest_is_welcome_before_and_while_the_item_runs(state, item, conference):
    at = Situation(
        InvitationState(state),
        ItemStatus(item),
        ConferenceStatus(conference),
        consent_is_live=True,
        expires_at=WELCOME.expires_at,
    )
    assert ending_of(at, NOW) is None


@pytest.mark.parametrize(
    ("what", "ending"),
    [
        ({"state": InvitationState.REVOKED}, Ending.REVOKED),
        ({"state": InvitationState.REPLACED}, Ending.REVOKED),
        ({"consent_is_live": False}, Ending.CONSENT_OVER),
        ({"item": ItemStatus.DONE}, Ending.ITEM_OVER),
        ({"conference": ConferenceStatus.CLOSED}, Ending.CONFERENCE_OVER),
        ({"conference": ConferenceStatus.CANCELLED}, Ending.CONFERENCE_OVER),
        ({"expires_at": NOW}, Ending.TIME_UP),
    ],
)
def test_each_ending_ends_it(what, ending):
    at = replace(WELCOME, **what)
    assert ending_of(at, NOW) is ending
    with pytest.raises(StateForbids):
        require_invitable(at, is_case=True, now=NOW)


def test_every_ending_is_told_in_a_sentence():
    assert set(ENDING_SENTENCES) == set(Ending)


def test_only_an_item_about_a_named_firm_has_guests():
    require_invitable(WELCOME, is_case=True, now=NOW)
    with pytest.raises(StateForbids):
        require_invitable(WELCOME, is_case=False, now=NOW)


def test_the_link_outlives_the_plan_by_a_grace_also_where_the_conference_runs_late():
    assert expiry(NOW, 120, NOW) == NOW + timedelta(minutes=120) + GRACE
    assert expiry(NOW - timedelta(hours=5), 120, NOW) == NOW + GRACE


def test_what_goes_on_is_told_without_a_word_of_procedure():
    open_ = ConferenceStatus.OPEN
    told = {happening(open_, ItemStatus.RUNNING, step) for step in (None, *ItemStep)}
    assert len(told) == len(ItemStep)
    others = {
        happening(ConferenceStatus.PLANNED, ItemStatus.WAITING, None),
        happening(open_, ItemStatus.WAITING, None),
        happening(ConferenceStatus.PAUSED, ItemStatus.RUNNING, ItemStep.LEAD),
    }
    assert len(told | others) == len(ItemStep) + 3


def test_an_answered_correction_is_not_answered_again():
    require_waiting(CorrectionState.WAITING)
    for state in (CorrectionState.TAKEN, CorrectionState.SET_ASIDE):
        with pytest.raises(StateForbids):
            require_waiting(state)


NEVER = {ItemGroup.EXPOSURE, ItemGroup.FINANCE, ItemGroup.PRIVATE, ItemGroup.DECISION}


def test_the_layer_shared_with_the_firm_is_named_column_by_column():
    assert {column.key for column in shown(frozenset(ItemGroup))} == set(SHARED)
    assert all(SHARED.values())
    assert {COLUMN[key].group for key in SHARED} & NEVER == set()


def test_what_the_consent_does_not_share_with_the_table_is_not_shared_with_the_guest():
    assert {column.key for column in shown({ItemGroup.IDENTITY})} == {"business"}
    assert shown(frozenset()) == ()


def test_only_facts_in_words_can_be_put_right():
    found = {column.key for column in COLUMNS if is_correctable(column)}
    assert found == {"business", "request_detail", "wishes", "strengths", "tried"}


@pytest.mark.parametrize("key", ["issue", "menu", "repayment_status", "note", "phase", "nothing"])
def test_any_other_column_is_answered_like_one_that_does_not_exist(key):
    with pytest.raises(Malformed) as refused:
        require_correctable(key, frozenset(ItemGroup))
    with pytest.raises(Malformed) as unknown:
        require_correctable("", frozenset(ItemGroup))
    assert str(refused.value) == str(unknown.value)
    with pytest.raises(Malformed):
        require_correctable("wishes", {ItemGroup.IDENTITY})
