"""The agencies' own OpenID providers: which one a person comes from, and how one is entered."""

from sqlmodel import col, select

from app.domain.errors import Malformed, NotFound
from app.domain.sentences import _
from app.store.tables.agencies import AgencyRow, ProviderRow
from app.store.unit_of_work import Desk, UnitOfWork
from auth.discovery import is_fit_for
from auth.people import normal_email


def register_provider(
    uow: UnitOfWork,
    *,
    agency_id: str,
    issuer: str,
    client_id: str,
    client_secret: str,
    email_domains: tuple[str, ...] = (),
) -> ProviderRow:
    """Enter the provider of an agency, or bring it up to date; one agency has one."""
    if not is_fit_for(issuer, issuer):
        raise Malformed(
            _("認証サービスのアドレスを確認してください。"),
            fields={"issuer": _("https:// で始まるアドレスを入力してください。")},
        )
    row = uow.session.exec(select(ProviderRow).where(ProviderRow.agency_id == agency_id)).first()
    if row is None:
        row = ProviderRow(
            agency_id=agency_id, issuer="", client_id="", client_secret="", created_at=uow.now()
        )
    row.issuer, row.client_id, row.client_secret = issuer, client_id, client_secret
    row.email_domains = " ".join(sorted(domain.lower() for domain in email_domains))
    row.enabled = True
    uow.session.add(row)
    uow.session.flush()
    return row


def provider_in_use(desk: Desk, provider_id: str) -> ProviderRow:
    row = desk.session.get(ProviderRow, provider_id)
    if row is None or not row.enabled:
        raise NotFound
    return row


def domains_of(row: ProviderRow) -> frozenset[str]:
    return frozenset(row.email_domains.replace(",", " ").split())


def provider_for(desk: Desk, typed: str) -> tuple[ProviderRow, AgencyRow] | None:
    """The provider for an e-mail address, by its domain, or for an agency's id or name.

    It never depends on whether the address belongs to somebody, so nobody can be found out.
    """
    wanted = normal_email(typed)
    rows = desk.session.exec(
        select(ProviderRow, AgencyRow)
        .join(AgencyRow, col(AgencyRow.id) == col(ProviderRow.agency_id))
        .where(col(ProviderRow.enabled).is_(True))
    ).all()
    domain = wanted.rpartition("@")[2] if "@" in wanted else None
    for row, agency in rows:
        if domain is not None:
            if domain in domains_of(row):
                return row, agency
        elif wanted in (normal_email(agency.key), normal_email(agency.name)):
            return row, agency
    return None
