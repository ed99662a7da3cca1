"""委任状 and entered words, walked at random; the planted bugs are found."""

from pathlib import Path

import pytest

from app.domain.proxies import Manner
from app.services import proxies as giving_away
from app.services.stances import giving, office, saying
from app.store import electorates, proxies
from app.store.pictures import lead as lead_pictures
from tests.guarantees.played import Plant, is_found, walks
from tests.guarantees.proxy_machine import ProxyMachine


def test_every_word_is_taken_or_refused_as_the_paper_says(tmp_path: Path) -> None:
    walks(tmp_path, ProxyMachine, 40, 16)


@pytest.mark.soak
def test_every_word_is_taken_or_refused_as_the_paper_says_for_long(tmp_path: Path) -> None:
    walks(tmp_path, ProxyMachine, 2_000, 30)


def a_word_is_handed_on_twice(plant):
    plant.setattr(giving_away, "refused_because", lambda *_given: None)


def what_is_used_is_taken_back(plant):
    plant.setattr(proxies, "is_used", lambda _session, _row: False)


def the_one_before_stays_in_force(plant):
    plant.setattr(giving_away, "_take_back", lambda *_given: "")


def anybody_speaks_for_a_seat(plant):
    plant.setattr(giving, "holds", lambda pinned, _person_id, *, is_chair: pinned is not None)


def the_holder_replaces_the_agency_s_own_word(plant):
    plant.setattr(giving, "require_unsaid", lambda *_given: None)


def the_office_replaces_what_was_said(plant):
    plant.setattr(office, "require_unsaid", lambda *_given: None)


def it_is_spoken_for_who_left(plant):
    plant.setattr(saying.recusals, "lost_by", lambda _session, _round_id: [])


def a_holder_that_left_is_asked(plant):
    chosen = electorates.at_item

    def told(papers, item_id, _able):
        kept = list(papers)
        return chosen(kept, item_id, [one.to_agency for one in kept])

    plant.setattr(electorates, "at_item", told)


def the_general_one_beats_that_for_the_item(plant):
    chosen = electorates.at_item

    def told(papers, item_id, able):
        kept = list(papers)
        general = {one.agency_id for one in kept if one.item_id is None}
        rest = [one for one in kept if one.item_id is None or one.agency_id not in general]
        return chosen(rest, item_id, able)

    plant.setattr(electorates, "at_item", told)


def how_it_was_said_is_forgotten(plant):
    manner_of = lead_pictures.manner_of
    own = {"manner": Manner.OWN.value}
    plant.setattr(lead_pictures, "manner_of", lambda stance: manner_of(stance) | own)


BUGS: tuple[Plant, ...] = (
    a_word_is_handed_on_twice,
    what_is_used_is_taken_back,
    the_one_before_stays_in_force,
    anybody_speaks_for_a_seat,
    the_holder_replaces_the_agency_s_own_word,
    the_office_replaces_what_was_said,
    it_is_spoken_for_who_left,
    a_holder_that_left_is_asked,
    the_general_one_beats_that_for_the_item,
    how_it_was_said_is_forgotten,
)


@pytest.mark.guarantee
@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.__name__)
def test_a_planted_bug_is_found(bug: Plant, tmp_path: Path) -> None:
    is_found(bug, tmp_path, ProxyMachine)
