"""How mails are handed over: encrypted where the server can, with no password in the clear."""

import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from app.jobs.post import NoPost, NotNow, Post, Undeliverable
from tests.smtp_server import LATER, NEVER, SmtpServer, smtp_server

TO, MAIL = "reader@example.jp", b"Subject: x\r\n\r\nx\r\n"


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with smtp_server() as running:
        yield running


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Of 127.0.0.1, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


def encrypting(server: SmtpServer, certificate: Path) -> None:
    server.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.tls.load_cert_chain(certificate)


def hand_over(server: SmtpServer, **more: str) -> None:
    with Post(server.mailing(**more)) as post:
        post.hand_over(TO, MAIL)


def test_several_go_over_one_connection(server: SmtpServer) -> None:
    with Post(server.mailing()) as post:
        for _number in range(3):
            post.hand_over(TO, MAIL)
    assert (len(server.taken), server.connections) == (3, 1)


def test_a_password_goes_over_an_encrypted_line_that_is_trusted(
    server: SmtpServer, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encrypting(server, certificate)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    hand_over(server, user="entaku", password="secret")
    assert (len(server.logins), len(server.taken), server.encrypted) == (1, 1, True)


def test_a_server_that_cannot_prove_who_it_is_gets_nothing(
    server: SmtpServer, certificate: Path
) -> None:
    encrypting(server, certificate)
    with pytest.raises(NoPost, match="CERTIFICATE_VERIFY_FAILED"):
        hand_over(server, user="entaku", password="secret")
    assert (server.logins, server.tried) == ([], [])


def test_a_server_elsewhere_without_encryption_gets_no_password(server: SmtpServer) -> None:
    mailing = replace(server.mailing(user="entaku", password="secret"), host="127.0.0.2")
    with Post(mailing) as post, pytest.raises(NoPost, match="no encryption"):
        post.hand_over(TO, MAIL)
    assert server.logins == []


def test_a_server_that_encrypts_from_the_first_byte_is_spoken_to_so(server: SmtpServer) -> None:
    mailing = replace(server.mailing(), encrypted=True, patience_seconds=2.0)
    with Post(mailing) as post, pytest.raises(NoPost, match="SSL"):
        post.hand_over(TO, MAIL)


def test_one_refused_leaves_the_next_to_be_taken(server: SmtpServer) -> None:
    server.to_rcpt = {"never@example.jp": NEVER, "later@example.jp": LATER}
    with Post(server.mailing()) as post:
        with pytest.raises(Undeliverable):
            post.hand_over("never@example.jp", MAIL)
        with pytest.raises(NotNow) as later:
            post.hand_over("later@example.jp", MAIL)
        assert not isinstance(later.value, NoPost)
        post.hand_over(TO, MAIL)
    assert len(server.taken) == 1
