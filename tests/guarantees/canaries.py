"""The main job with a token of its own in every typed field, and who may know which token."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from app.domain.people import Actor
from app.domain.sheet_columns import COLUMN
from app.domain.vocabulary import AgencyKind, Role
from app.services.commands import Done
from app.store.tables.firms import LoanRow
from app.store.tables.polls import PollRow
from app.store.tables.remarks import LaneRemarkRow
from app.store.unit_of_work import Database
from tests.factories import actor_of, agency
from tests.figures import give_figures
from tests.story import Cast, cast, story

# What a token is about: a group of the sheet, or one of these.
FACE, CASE, CONFERENCE, PRIVATE, REPLY = "face", "case", "conference", "private", "reply"
# What an agency says of itself to all agencies there are.
NETWORK = "network"
# Said in an inner lane: among the owner's people, or between the owner and the chair.
# What the giver of a 委任状 asks of its holder.
INSTRUCTION = "instruction"
AMONG, TO_CHAIR = "among", "to_chair"
_KINDS = {
    "create_firm": {
        "name": FACE,
        "city": FACE,
        "industry_middle_name": FACE,
        "representative": "identity",
        "address": "identity",
    },
    "open_case": {
        "request_detail": "referral",
        "background": "referral",
        "wishes": "referral",
        "tried": "issues",
    },
    "record_consent": dict.fromkeys(("purpose", "explained_by", "note"), CASE),
    "refer_case": {"reason": CASE},
    "answer_referral": {"reason": CASE},
    "withdraw_consent": {"reason": CASE},
    "create_conference": {"name": CONFERENCE, "place": CONFERENCE},
    "change_conference": {"name": CONFERENCE, "place": CONFERENCE},
    "cancel_conference": {"reason": CONFERENCE},
    "add_item": {"title": CONFERENCE},
    "hand_over_chair": {"person": CONFERENCE},
    "answer_invitation": {"attendees": CONFERENCE, "note": REPLY},
    "pause_conference": {"reason": CONFERENCE},
    "withdraw_item": {"reason": CONFERENCE},
    "settle_item": {"owner_person": CONFERENCE},
    "say_remark": {"text": CASE},
    "suggest_recusal": {"reason": CASE},
    "deny_recusal": {"reason": CASE},
    "declare_recusal": {"reason": CASE},
    "pin_recusal": {"reason": CASE},
    "lift_recusal": {"reason": CASE},
    "correct_remark": {"text": CASE},
    "invite_guest": {"name": CASE},
    "set_correction_aside": {"reason": CASE},
    "mark_outcome": {"text": CASE},
    "state_capacity": {"note": NETWORK},
    "open_nominations": {"role": CASE},
    "nominate_lead": {"reason": CASE},
    "open_round": {"wording": CASE, "because": CASE},
    "give_stance": {"text": CASE},
    "give_proxy": {"instruction": INSTRUCTION},
    "enter_stance": {"reason": CASE},
    "answer_hold": {"text": CASE, "alternative": CASE},
    "return_provisional": {"reason": CASE},
    "answer_lead": {"person": CASE},
    "declare_no_taker": dict.fromkeys(("gap_text", "gap_owner_person", "gap_step"), CASE),
    "move_gap": dict.fromkeys(("owner_person", "reason"), CASE),
    "settle_gap": {"text": CASE},
    "correct_decision": {"says": CASE, "reason": CASE},
    "record_outcome": {"text": CASE, "person": CASE},
    "write_plan_section": {"text": CASE},
    "put_plan_line": {"indicator": CASE, "current": CASE, "target": CASE},
    "confirm_plan": {"text": CASE},
}
_MORE: dict[str, dict[str, Any]] = {
    "create_firm": {"representative": "佐久間", "address": "浅草"},
    "open_case": {"background": "背景", "wishes": "希望", "tried": "取組み"},
    "record_consent": {"note": "備考"},
    "create_conference": {"place": "会議室"},
    "change_conference": {"place": "別室"},
    "answer_invitation": {"note": "連絡"},
    "give_stance": {"text": "所見"},
}
CELLS = {
    "bank": ("business", "strengths", "nf_business", "distress_cause", "contention", "policy"),
    "council": ("nf_manager", "nf_environment", "nf_internal"),
}


@dataclass(frozen=True)
class Token:
    """``owner`` is the agency whose own business it is (a note, a reply), else empty."""

    text: str
    kind: str
    owner: str = ""


@dataclass
class Marked(Cast):
    """A cast whose every word carries a token; ``tokens`` and ``done`` are those so far."""

    tokens: list[Token] = field(default_factory=list)
    done: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def does(self, who: str, command: str, keep: str | None = None, **body: Any) -> Done:
        body = {**_MORE.get(command, {}), **body}
        if command in {"create_conference", "create_series"}:
            aside = self.agencies["aside"].id
            body["agency_ids"] = [one for one in body["agency_ids"] if one != aside]
        for name, kind in _KINDS.get(command, {}).items():
            if body.get(name):
                body[name] += self.token(kind, who if kind in {REPLY, INSTRUCTION} else "")
        if command in {"bring_paper", "renew_paper"}:
            group = body.get("item_group", "finance")
            for name in ("title", "note"):
                if body.get(name):
                    body[name] += self.token(group, who if group == PRIVATE else "")
        if command == "take_attendance" and body.get("people"):
            token = self.token(CONFERENCE)
            body["people"] = [{**one, "name": one["name"] + token} for one in body["people"]]
        if command == "write_cell" and isinstance(body["value"], str):
            column = COLUMN[body["column"]]
            if column.options is None:
                own = PRIVATE if column.key == "note" else str(column.group)
                body["value"] += self.token(own, who if own == PRIVATE else "")
            if body.get("reason"):
                body["reason"] += self.token(str(column.group))
        if command in {"say_in_lane", "correct_in_lane"}:
            body["text"] += self.token(*self._lane_of(command, body))
        if command in {"open_poll", "decide_tie"}:
            body = self._poll_words(body)
        self.done.append((command, body))
        return super().does(who, command, keep, **body)

    def guest_does(self, session: str, act: str, keep: str | None = None, **body: Any) -> Done:
        """What the owner says is told to everybody at the item."""
        for name in ("text", "value", "words"):
            if body.get(name):
                body[name] += self.token(CASE)
        self.done.append((act, body))
        return super().guest_does(session, act, keep, **body)

    def hands_in(self, who: str, content: bytes, name: str, group: str) -> str:
        name = self.token(group, who if group == PRIVATE else "") + name
        return super().hands_in(who, content, name, group)

    def _lane_of(self, command: str, body: dict[str, Any]) -> tuple[str, str]:
        if command == "correct_in_lane":
            said = self.one(LaneRemarkRow, id=body["remark_id"])
            body = {"lane": said.lane, "agency_id": said.agency_id}
        owner = next(k for k, row in self.agencies.items() if row.id == body["agency_id"])
        return AMONG if body["lane"] == "agency" else TO_CHAIR, owner

    def _poll_words(self, body: dict[str, Any]) -> dict[str, Any]:
        """A ballot is told where it was put: at the conference, or at the item alone."""
        poll = self.one(PollRow, id=body.get("poll_id"))
        kind = CASE if body.get("item_id") or (poll and poll.item_id) else CONFERENCE
        words = {
            n: body[n] + self.token(kind) for n in ("question", "because", "reason") if body.get(n)
        }
        options = [
            {**one, "text": one.get("text", "") + self.token(kind)}
            for one in body.get("options", ())
        ]
        return body | words | ({"options": options} if options else {})

    def token(self, kind: str, owner: str = "") -> str:
        text = f"zq{len(self.tokens):04}x"
        self.tokens.append(Token(text, kind, owner))
        return text

    def literal(self, kind: str, *texts: str) -> None:
        self.tokens += [Token(text, kind) for text in texts]


def marked(database: Database) -> tuple[Marked, dict[str, Actor]]:
    """The cast, and beside it all those who watch without belonging."""
    plain = cast(database)
    with database.begin() as uow:
        kinds = {
            "aside": AgencyKind.FINANCIAL_INSTITUTION,
            "uncovered": AgencyKind.COMMERCE_SOCIETY,
            "gallery": AgencyKind.REVITALIZATION_COUNCIL,
        }
        rows = {
            key: agency(uow, key, kind, f"{key}機関", 20 + n)
            for n, (key, kind) in enumerate(kinds.items())
        }
        watching = {
            key: actor_of(uow, row, f"{key}の人", Role.COORDINATOR) for key, row in rows.items()
        }
        watching["auditor"] = actor_of(uow, plain.agencies["cga"], "監査 役", Role.AUDITOR)
        watching["onlooker"] = actor_of(uow, plain.agencies["yorozu"], "見学 者", Role.OBSERVER)
    watching["outsider"] = plain.outsider
    agencies = plain.agencies | {"aside": rows["aside"]}
    c = Marked(database, agencies, plain.actors, plain.outsider)
    c.ids |= {key: rows[key].id for key in ("uncovered", "gallery")}
    return c, watching | plain.actors


def told(c: Marked) -> Iterator[str]:
    """Play the story with all that it leaves out; yield the name of each act once done."""
    for name, act in story(c):
        act()
        if name == "create firm":
            _give_record(c)
        elif name == "invite one more":
            for key, role in (("uncovered", "member"), ("gallery", "observer")):
                seat = {"agency_id": c.ids[key], "role": role}
                c.does("cga", "invite_agency", conference_id=c.ids["conference"], **seat)
        elif name == "add a note":
            _fill_sheet(c)
        elif name == "undo the import":
            c.literal("support", "zqtaken0x")
            c.tokens.append(Token("zqleft0x", PRIVATE, "bank"))
        elif name == "fix the papers":
            c.literal("finance", "zqcash0x")
            c.literal("exposure", "zqloans0x")
            c.tokens.append(Token("zqown0x", PRIVATE, "yorozu"))
        elif name == "renew the cash table":
            c.literal("finance", "zqcash1x")
            c.literal("identity", "zqstatements0x")
        yield name


def _give_record(c: Marked) -> None:
    give_figures(c.database, c.ids["firm"])
    with c.database.begin() as uow:
        uow.session.add(
            LoanRow(
                firm_id=c.ids["firm"],
                position=1,
                lender_name="貸し手" + c.token("exposure"),
                lender_kind="regional_bank",
                is_main_bank=True,
                product="証書貸付" + c.token("exposure"),
                term="long",
                balance=48_372,
                annual_rate="1.85",
                monthly_principal=391,
                repayment_status="repaying",
            )
        )
    c.literal("exposure", "48,372")


def _fill_sheet(c: Marked) -> None:
    case = c.ids["case"]
    for who, columns in CELLS.items():
        for column in columns:
            cell: dict[str, Any] = {
                "row": "case",
                "column": column,
                "value": "欄",
                "base_version": 0,
            }
            c.does(who, "write_cell", case_id=case, **cell)
    money: dict[str, Any] = {
        "row": "case",
        "column": "adjusted_net_assets",
        "value": 7654321,
        "base_version": 0,
    }
    c.does("bank", "write_cell", case_id=case, **money)
    late: dict[str, Any] = {"column": "repayment_status", "value": "delinquent", "base_version": 1}
    c.does("bank", "write_cell", case_id=case, row="case", **late)
    c.literal("finance", "7,654,321", "7654321")
    c.literal("exposure", "delinquent", "延滞中")
    release: dict[str, Any] = {"column": "guarantor_status", "value": "releasing"}
    c.does("bank", "write_cell", case_id=case, row="case", base_version=0, **release)
    # A reason that the list of who could lead reads from it, in words that stand nowhere else.
    c.literal("exposure", "経営者保証の解除を検討しています。")
    # One that the list of who could lead quotes.
    issue: dict[str, Any] = {"row": c.ids["issue"], "value": "売上と承継の課題", "base_version": 0}
    for column in ("issue", "grounds"):
        c.does("cga", "write_cell", case_id=case, column=column, **issue)
    for who in ("bank", "cga", "yorozu", "chamber"):
        note = c.does(who, "add_sheet_row", case_id=case, kind="note").id
        words: dict[str, Any] = {"row": note, "column": "note", "value": "内々", "base_version": 0}
        c.does(who, "write_cell", case_id=case, **words)
    for column in ("situation", "in_charge", "premise"):
        own: dict[str, Any] = {"row": c.agencies["chamber"].id, "column": column, "value": "案"}
        c.does("chamber", "write_cell", case_id=case, base_version=0, **own)
