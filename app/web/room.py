"""The meeting room: one page that works as plain forms and that the live room takes over."""

from datetime import date, datetime
from typing import Any
from urllib.parse import parse_qs

from flask import Blueprint, g, jsonify, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.addenda import DAYS, FIELD_LABELS
from app.domain.conference import (
    ITEM_KIND_LABELS,
    OUTCOME_KIND_LABELS,
    ItemKind,
)
from app.domain.consensus import RESULT_LABELS, Result, may_declare
from app.domain.decision_rules import METHOD_LABELS
from app.domain.errors import NotFound
from app.domain.interest import ORIGIN_LABELS, RECUSAL_STATE_LABELS
from app.domain.item_course import ITEM_STEP_LABELS, Later
from app.domain.item_results import ITEM_RESULT_LABELS
from app.domain.people import Actor
from app.domain.proxies import MANNER_LABELS
from app.domain.sentences import _
from app.domain.sheet_columns import COLUMNS
from app.domain.speaking import SPEECH_KIND_LABELS
from app.domain.stances import STANCE_LABELS
from app.domain.text import Sentence
from app.domain.vocabulary import AGENCY_MARKS
from app.queries.item_guests import may_invite_to
from app.queries.papers import item_shelf
from app.queries.room_lanes import inner_lanes
from app.queries.room_page import RoomPage, room_page
from app.queries.room_polls import room_polls
from app.queries.sheet_page import SheetPage, sheet_page
from app.queries.sheet_snapshot import owners_of, sheet_columns
from app.store.unit_of_work import Desk
from app.web.context import current_actor, reading
from app.web.days import western
from app.web.fitting import fitting_beside
from app.web.languages import current_language
from app.web.nobody import nobody_words
from app.web.polls import poll_words
from app.web.room_labels import room_labels
from app.web.script_words import script_catalogue
from app.web.sheets import cell_text
from app.web.stances import held_seats, own_words
from app.web.talk import answerable, link_names
from app.web.words import told

bp = Blueprint("room", __name__)


@bp.get("/conferences/<conference_id>/room")
def show(conference_id: str) -> str:
    actor = current_actor()
    with reading() as desk:
        page = room_page(desk, actor, conference_id, _asked("item"))
        sheet = _sheet(desk, actor, page)
        shelf = item_shelf(desk, actor, page.item.line.id) if page.item else None
        lanes = inner_lanes(desk, actor, page)
        may_invite = page.item is not None and may_invite_to(desk, actor, page.item.line.id)
        fitting = fitting_beside(desk, actor, page)
        words_of_seats = own_words(desk, actor, page)
        nobody = nobody_words(desk, actor, page)
        polls = poll_words(desk, actor, page, room_polls(desk, actor, page))
    links = link_names(sheet, shelf)
    words = _words(page, sheet, actor) | {
        "shelf": shelf,
        "lanes": lanes,
        "link_names": links,
        "may_invite": may_invite,
        "fitting": fitting,
        **words_of_seats,
        **nobody,
        **polls,
        "column_labels": {column.key: column.label for column in COLUMNS},
        "firm_cells": {c.column.key: c for one in sheet.groups for c in one.cells} if sheet else {},
    }
    return render_template("room/show.html", **words)


@bp.get("/conferences/<conference_id>/room/projector")
def projector(conference_id: str) -> str:
    """The same room to be looked at; with ``mask=1`` it names neither firms nor people."""
    actor = current_actor()
    masked = _asked("mask") == "1"
    with reading() as desk:
        page = room_page(desk, actor, conference_id, _asked("item"))
        sheet = _sheet(desk, actor, page)
        shelf = item_shelf(desk, actor, page.item.line.id) if page.item else None
        polls = poll_words(desk, actor, page, room_polls(desk, actor, page))
    words = _words(page, sheet, actor)
    words["script_data"] |= {"projector": True, "masked": masked}
    firm = page.selected.title if masked and page.selected and page.selected.case_id else ""
    return render_template(
        "room/projector.html",
        masked=masked,
        shelf=shelf,
        without_firm=lambda text: text.replace(firm, "◯◯◯◯") if firm else text,
        **words | polls,
    )


@bp.get("/api/cases/<case_id>/columns")
def columns(case_id: str) -> Response:
    """What the live sheet needs beside its rows: columns with rights, and owners of rows."""
    with reading() as desk:
        known = sheet_columns(desk, current_actor(), case_id)
        owners = owners_of(desk, current_actor(), case_id)
    for column in known:
        column["label"] = told(column["label"])
        column["group_label"] = told(column["group_label"])
        column["options"] = [
            option | {"label": told(option["label"])} for option in column["options"]
        ]
    return jsonify({"columns": known, "owners": owners})


def _asked(name: str) -> str | None:
    """A value of the query, also where the page stands again under the address of an act."""
    if "page_query" in g:
        return next(iter(parse_qs(str(g.page_query)).get(name, ())), None)
    return request.args.get(name)


def _sheet(desk: Desk, actor: Actor, page: RoomPage) -> SheetPage | None:
    """The sheet of the case in view; an item may be seen by some who may not see its sheet."""
    if page.item is None or page.item.line.case_id is None:
        return None
    try:
        return sheet_page(desk, actor, page.item.line.case_id)
    except NotFound:
        return None


def _words(page: RoomPage, sheet: SheetPage | None, actor: Actor) -> dict[str, Any]:
    item = page.item
    verdict = item.verdict if item else None
    asked = item.round["seats"] if item and item.round else []
    return {
        "page": page,
        "sheet": sheet,
        "stances": STANCE_LABELS,
        "manners": MANNER_LABELS,
        "methods": METHOD_LABELS,
        "results": RESULT_LABELS,
        "outcome_kinds": OUTCOME_KIND_LABELS,
        "item_kinds": ITEM_KIND_LABELS,
        "recusal_states": RECUSAL_STATE_LABELS,
        "recusal_origins": ORIGIN_LABELS,
        "speech_kinds": SPEECH_KIND_LABELS,
        "item_steps": ITEM_STEP_LABELS,
        "item_results": ITEM_RESULT_LABELS,
        "kind_options": [(kind, told(label)) for kind, label in OUTCOME_KIND_LABELS.items()],
        "members": [(seat.agency_id, seat.name) for seat in page.seats if seat.is_member],
        "electorate": [(seat.agency_id, seat.name) for seat in item.electorate] if item else [],
        "declarable": [
            (result, told(RESULT_LABELS[result]))
            for result in Result
            if verdict and may_declare(verdict, result)
        ],
        **_agenda_choices(page),
        "asked_ids": [seat["agency_id"] for seat in asked],
        "held_seats": held_seats(page, actor),
        "plan_url": url_for("plans.show", plan_id=item.plan_id) if item and item.plan_id else None,
        "refused_command": g.get("refused_command"),
        "leave_url": url_for("conferences.show", conference_id=page.id),
        "day": date.fromisoformat,
        "moment": datetime.fromisoformat,
        "cell_text": cell_text,
        "answerable": answerable,
        "addendum_fields": FIELD_LABELS,
        "addendum_text": _addendum_text,
        "script_data": _script_data(page, actor),
        "catalogue": script_catalogue("room", current_language()),
    }


def _agenda_choices(page: RoomPage) -> dict[str, Any]:
    """What the chair's forms for the agenda offer."""
    return {
        "step_options": [(step, told(label)) for step, label in ITEM_STEP_LABELS.items()],
        "later_options": [
            (Later.NEXT, told(_("次の議題のあと"))),
            (Later.LAST, told(_("最後"))),
        ],
        "insertable_kinds": [
            (kind, told(ITEM_KIND_LABELS[kind])) for kind in (ItemKind.EXCHANGE, ItemKind.REPORT)
        ],
        "after_options": [
            (line.id, told(Sentence(_("議題{number}のあと"), number=line.position)))
            for line in page.agenda
        ],
        "next_options": [
            (one.id, f"{western(one.day)}　{one.name}") for one in page.next_conferences
        ],
    }


def _script_data(page: RoomPage, actor: Actor) -> dict[str, Any]:
    """What the live room starts with; everything that can change comes over the connection."""
    statement = page.statement
    return {
        "conference_id": page.id,
        "language": current_language(),
        "item": page.selected.id if page.selected and _asked("item") else None,
        "projector": False,
        "masked": False,
        "statement": statement
        and {
            "version": statement.version,
            "lead": told(statement.lead),
            "points": [told(point) for point in statement.points],
            "close": told(statement.close),
        },
        "actor": {
            "person_id": actor.person_id,
            "agency_id": actor.agency_id,
            "agency": actor.agency_name,
            "kind": actor.agency_kind,
            "person": actor.person_name,
            "role": actor.role,
            "membership_id": actor.membership_id,
        },
        "urls": {
            "here": url_for("room.show", conference_id=page.id),
            "leave": url_for("conferences.show", conference_id=page.id),
            "projector": url_for("room.projector", conference_id=page.id),
            "minutes": url_for("minutes.show", conference_id=page.id),
            "moments": url_for("moments.show", conference_id=page.id),
            "sign_in": url_for("auth.sign_in", next=url_for("room.show", conference_id=page.id)),
            "columns": url_for("room.columns", case_id="CASE"),
            "history": url_for("sheets.versions", case_id="CASE"),
            "fitting": url_for("fitting.show", item_id="ITEM"),
            "decision": url_for("decisions.pdf", round_id="ROUND"),
            "head_office": url_for("head_office.show", round_id="ROUND"),
            "prospect": url_for("stances.prospect", item_id="ITEM"),
            "word": url_for("stances.word", round_id="ROUND", agency_id="SEAT"),
            "stance_file": url_for("stances.file", round_id="ROUND", agency_id="SEAT"),
            "vote": url_for("polls.vote", poll_id="POLL"),
            "enter_stance": url_for("stances.enter", round_id="ROUND"),
            "sheet": url_for("sheets.show", case_id="CASE"),
            "plan": url_for("plans.show", plan_id="PLAN"),
            "papers": url_for("cases.show", case_id="CASE", _anchor="papers"),
            "gap": url_for("gaps.show", gap_id="GAP"),
        },
        "is_host": page.is_host,
        "host_agency_id": page.host_agency_id,
        "next_conferences": [
            {"id": one.id, "name": one.name, "day": one.day.isoformat()}
            for one in page.next_conferences
        ],
        "online_url": page.online_url,
        "fingerprint": page.fingerprint,
        "labels": room_labels(),
        "marks": {str(kind): mark for kind, mark in AGENCY_MARKS.items()},
    }


def _addendum_text(field: str, text: str) -> str:
    return western(date.fromisoformat(text)) if field in DAYS else text
