"""The provider at which one agency of the demonstration signs in, run beside the server."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import IO

from sqlmodel import select

from app.settings import ROOT, Settings
from app.store.tables.agencies import AgencyRow, ProviderRow
from app.store.tables.people import MembershipRow, PersonRow
from app.store.unit_of_work import Database
from auth.providers import register_provider

AGENCY = "東京都事業承継・引継ぎ支援センター"
PROGRAM = ROOT / "deploy" / "provider" / "provider.mjs"
CLIENT = "entaku"
_READY_SECONDS = 15.0


def start(settings: Settings, database: Database, password: str) -> bool:
    """Start the provider and let the agency's people sign in there; False if it cannot be.

    It lives as long as this process, also when the process becomes another program: the pipe
    to it then closes. Without it everybody still signs in with the password.
    """
    found = _people(database)
    node = shutil.which("node")
    if found is None or node is None:
        return False
    agency, people = found
    secret, port = secrets.token_urlsafe(24), _free_port()
    with database.begin() as uow:
        row = register_provider(
            uow,
            agency_id=agency.id,
            issuer=f"http://127.0.0.1:{port}",
            client_id=CLIENT,
            client_secret=secret,
            email_domains=tuple({person.email.rpartition("@")[2] for person in people}),
        )
    given = {
        "port": port,
        "title": agency.name,
        "endWithInput": True,
        "clients": [
            {
                "client_id": CLIENT,
                "client_secret": secret,
                "redirect_uris": [
                    f"{origin}/sign-in/oidc/{row.id}/callback"
                    for origin in settings.allowed_origins
                ],
            }
        ],
        "accounts": [_account(person, password) for person in people],
    }
    if _run(node, given, settings.data / "provider.log"):
        return True
    _switch_off(database, row.id)
    return False


def _people(database: Database) -> tuple[AgencyRow, list[PersonRow]] | None:
    with database.read() as desk:
        agency = desk.session.exec(select(AgencyRow).where(AgencyRow.name == AGENCY)).first()
        if agency is None:
            return None
        query = (
            select(PersonRow)
            .join(MembershipRow, MembershipRow.person_id == PersonRow.id)  # type: ignore[arg-type]  # SQL expression
            .where(MembershipRow.agency_id == agency.id)
        )
        people = list(desk.session.exec(query))
    return (agency, people) if people else None


def _account(person: PersonRow, password: str) -> dict[str, object]:
    return {
        "sub": person.id,
        "email": person.email,
        "email_verified": True,
        "name": person.name,
        "password": password,
    }


def _run(node: str, given: dict[str, object], log: Path) -> bool:
    """Start the program with a pipe as its input, and wait until it says that it listens."""
    theirs, ours = os.pipe()
    os.set_inheritable(ours, True)
    with log.open("wb") as out:
        child = _spawn(node, given, theirs, out)
    os.close(theirs)
    deadline = time.monotonic() + _READY_SECONDS
    while child.poll() is None and time.monotonic() < deadline:
        if log.read_bytes().startswith(b"READY"):
            return True
        time.sleep(0.05)
    os.close(ours)
    return False


def _spawn(
    node: str, given: dict[str, object], stdin: int, out: IO[bytes]
) -> subprocess.Popen[bytes]:
    """Its settings travel in the environment: a list of processes would show the secret."""
    environ = {**os.environ, "ENTAKU_PROVIDER": json.dumps(given)}
    return subprocess.Popen(
        [node, str(PROGRAM)],
        stdin=stdin,
        stdout=out,
        stderr=subprocess.STDOUT,
        cwd=ROOT,
        env=environ,
    )


def _switch_off(database: Database, provider_id: str) -> None:
    with database.begin() as uow:
        row = uow.session.get_one(ProviderRow, provider_id)
        row.enabled = False
        uow.session.add(row)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
