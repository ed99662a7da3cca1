"""The pages of signing in, choosing a capacity and signing out; plain forms throughout."""

import logging

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.errors import Malformed, Refused, SignInRequired, TooMany
from app.domain.sentences import _
from app.store.unit_of_work import UnitOfWork
from auth import accounts, oidc, session
from auth.capacities import capacities_of
from auth.door import (
    departure_cookie,
    door,
    hand_departure,
    hand_over,
    own_origin,
    take_back,
)
from auth.linking import actor_meant
from auth.people import normal_email
from auth.places import local_path
from auth.providers import provider_for
from auth.refusals import NotEnrolled, ProviderSignInRefused, ProviderUnreachable

log = logging.getLogger(__name__)
bp = Blueprint("auth", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Response:
    """First who, then how: the agency's own provider, or a password."""
    if request.method == "GET":
        if g.session_ref is not None:
            return redirect(_way_on(request.args.get("next")), 303)
        return _page(way_on=request.args.get("next"), left="left" in request.args)
    way_on = request.form.get("next")
    email = request.form.get("email", "").strip()
    if not email:
        return _page(Malformed(_("メールアドレスを入力してください。")), way_on=way_on)
    if "password" not in request.form:
        return _page(_unknown_agency(email), email=email, way_on=way_on)
    try:
        return _enter_with_password(email, request.form["password"], way_on)
    except Refused as refusal:
        return _page(refusal, email=email, way_on=way_on, by_password=True)


@bp.post("/sign-out")
def sign_out() -> Response:
    """End the session in the store too, so that a kept copy of the cookie is worth nothing."""
    if g.session_ref is not None:
        with door().database.begin() as uow:
            session.revoke(uow, g.session_ref.id)
        door().ended(frozenset({g.session_ref.id}))
        log.info("person %s signed out", g.session_ref.person_id)
    return take_back(redirect(url_for("auth.sign_in", left=1), 303))


@bp.route("/capacity", methods=["GET", "POST"])
def choose_capacity() -> Response:
    """For whom to act (出向者): one agency at a time, each with a session token of its own."""
    if g.session_ref is None:
        raise SignInRequired(_("サインインが必要です。"))
    if request.method == "GET":
        way_on = local_path(request.args.get("next"))
        return make_response(render_template("auth/capacity.html", next=way_on or ""))
    wanted = request.form.get("membership")
    actor = next((a for a in g.capacities if a.membership_id == wanted), None)
    if actor is None:
        page = render_template(
            "auth/capacity.html",
            next=local_path(request.form.get("next")) or "",
            problem=Malformed(_("どの立場で操作するかを選んでください。")),
        )
        return make_response(page, 400)
    with door().database.begin() as uow:
        token = session.change_capacity(uow, door().settings, g.session_ref, actor.membership_id)
    door().ended(frozenset({g.session_ref.id}))
    log.info("person %s acts for agency %s", actor.person_id, actor.agency_id)
    return hand_over(redirect(_way_on(request.form.get("next")), 303), token)


@bp.get("/sign-in/oidc/<provider_id>")
def oidc_start(provider_id: str) -> Response:
    """Leave for the provider by a link: a form's answer may not lead to another host (CSP)."""
    way_on = local_path(request.args.get("next")) or ""
    try:
        departure = oidc.depart(
            door().database,
            door().directory,
            provider_id,
            redirect_uri=_redirect_uri(provider_id),
            way_on=way_on,
            address=request.remote_addr,
        )
    except (ProviderSignInRefused, TooMany) as refusal:
        return _refused_at(provider_id, refusal)
    return hand_departure(redirect(departure.url, 303), provider_id, departure.browser)


@bp.get("/sign-in/oidc/<provider_id>/callback")
def oidc_callback(provider_id: str) -> Response:
    """Back from the provider; nothing it says is believed before it has been checked."""
    try:
        vouched = oidc.arrive(
            door().database,
            door().directory,
            provider_id,
            request.args,
            request.cookies.get(departure_cookie(provider_id)),
        )
        with door().database.begin() as uow:
            actor = actor_meant(uow, vouched.provider, vouched.claims)
            token = _new_session(uow, actor.person_id, actor.membership_id, vouched.provider.id)
    except ProviderSignInRefused as refusal:
        return _refused_at(provider_id, refusal)
    log.info("person %s signed in by provider %s", actor.person_id, provider_id)
    return _signed_in(token, _way_on(vouched.way_on))


def _unknown_agency(typed: str) -> Refused | None:
    """Without an @ it was meant as an agency; then only its own provider is a way in."""
    if "@" in normal_email(typed):
        return None
    with door().database.read() as desk:
        if provider_for(desk, typed) is not None:
            return None
    return Malformed(
        _("この機関にはシングルサインオンが設定されていません。"),
        remedy=_("メールアドレスを入力してください。"),
    )


def _enter_with_password(email: str, password: str, way_on: str | None) -> Response:
    """A new session for whoever knows the password; with one capacity it is chosen at once."""
    proven = accounts.prove(door().database, email, password, request.remote_addr)
    with door().database.begin() as uow:
        accounts.settle(uow, proven, request.remote_addr)
        open_to_them = capacities_of(uow, proven.person_id)
        if not open_to_them:
            raise NotEnrolled("no_membership")
        one = open_to_them[0].membership_id if len(open_to_them) == 1 else None
        token = _new_session(uow, proven.person_id, one)
    log.info("person %s signed in by password", proven.person_id)
    if one is None:
        return _signed_in(token, url_for("auth.choose_capacity", next=local_path(way_on)))
    return _signed_in(token, _way_on(way_on))


def _new_session(
    uow: UnitOfWork, person_id: str, membership_id: str | None, provider_id: str | None = None
) -> str:
    """Signing in always makes a new token; the session of this browser before it ends."""
    if g.session_ref is not None:
        session.revoke(uow, g.session_ref.id)
    return session.start(
        uow,
        door().settings,
        person_id=person_id,
        membership_id=membership_id,
        provider_id=provider_id,
    )


def _signed_in(token: str, target: str) -> Response:
    if g.session_ref is not None:
        door().ended(frozenset({g.session_ref.id}))
    return hand_over(redirect(target, 303), token)


def _page(
    problem: Refused | None = None,
    *,
    email: str = "",
    way_on: str | None = None,
    by_password: bool = False,
    left: bool = False,
) -> Response:
    """The sign-in page at the step that fits what is known of the person so far."""
    provider = None
    if email:
        with door().database.read() as desk:
            provider = provider_for(desk, email)
        if provider is None and "@" not in normal_email(email):
            email = ""
    page = render_template(
        "auth/sign_in.html",
        problem=problem,
        email=email,
        next=local_path(way_on) or "",
        provider=provider,
        by_password=by_password,
        left=left,
    )
    return make_response(page, _status(problem))


def _refused_at(provider_id: str, refusal: Refused) -> Response:
    reason = refusal.reason if isinstance(refusal, ProviderSignInRefused) else refusal.code
    log.warning("sign-in by provider %s refused: %s", provider_id, reason)
    return _page(refusal)


def _status(problem: Refused | None) -> int:
    match problem:
        case None:
            return 200
        case TooMany():
            return 429
        case NotEnrolled():
            return 403
        case ProviderUnreachable():
            return 503
        case _:
            return 400


def _redirect_uri(provider_id: str) -> str:
    """One for each provider, so that an answer of one cannot pass for another's (mix-up)."""
    return own_origin() + url_for("auth.oidc_callback", provider_id=provider_id)


def _way_on(address: str | None) -> str:
    return local_path(address) or url_for("home.show")
