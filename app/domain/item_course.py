"""議題の進み方: the steps the chair walks through, and the order of what still waits."""

from collections.abc import Sequence
from enum import StrEnum

from app.domain.sentences import _


class ItemStep(StrEnum):
    """説明 → 質疑 → 支援メニュー → 主担当 → 宿題, as a case is discussed."""

    EXPLANATION = "explanation"
    QUESTIONS = "questions"
    MENU = "menu"
    LEAD = "lead"
    TASKS = "tasks"


ITEM_STEP_LABELS = {
    ItemStep.EXPLANATION: _("説明"),
    ItemStep.QUESTIONS: _("質疑"),
    ItemStep.MENU: _("支援メニュー"),
    ItemStep.LEAD: _("主担当"),
    ItemStep.TASKS: _("宿題"),
}
STEPS = tuple(ItemStep)


class Later(StrEnum):
    """後回し: behind the next item, or behind all others."""

    NEXT = "next"
    LAST = "last"


def is_before(step: str | None, other: ItemStep) -> bool:
    return step is None or STEPS.index(ItemStep(step)) < STEPS.index(other)


def rearranged(ids: Sequence[str], movable: Sequence[str]) -> list[str]:
    """The agenda with its movable items in this new order; the others keep their places."""
    coming, moving = iter(movable), set(movable)
    return [next(coming) if one in moving else one for one in ids]


def put_off(ids: Sequence[str], movable: Sequence[str], item_id: str, to: Later) -> list[str]:
    """The order with one movable item later; the same order when nothing comes after it."""
    rest = [one for one in movable if one != item_id]
    at = list(movable).index(item_id)
    place = len(rest) if to is Later.LAST else min(at + 1, len(rest))
    return rearranged(ids, [*rest[:place], item_id, *rest[place:]])


def placed_after(
    ids: Sequence[str], movable: Sequence[str], item_id: str, after_id: str | None
) -> list[str]:
    """The order with a movable item as soon after another as the places of the others allow.

    Without ``after_id`` it comes before everything that still waits.
    """
    place = list(ids).index(after_id) if after_id is not None else -1
    rest = [one for one in movable if one != item_id]
    before = sum(list(ids).index(one) <= place for one in rest)
    return rearranged(ids, [*rest[:before], item_id, *rest[before:]])
