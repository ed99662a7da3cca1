import pytest

from app.domain.meeting_link import meeting_link
from app.domain.text import TextProblem


@pytest.mark.parametrize(
    "address",
    ["https://meet.example.jp/j/8?pwd=a", "http://10.0.0.5:8443/room", "https://会議.example.jp/"],
)
def test_a_web_address_is_kept_as_it_was_typed(address: str) -> None:
    assert meeting_link(f"　{address} ") == address


def test_no_address_is_none() -> None:
    assert meeting_link("　") == ""


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//meet.example.jp",
        "meet.example.jp/8",
        "https://",
        "https:///8",
        "https://[::1",
        "https://meet.example.jp/ 8",
        "https://meet.example.jp/\n8",
        "ftp://meet.example.jp/8",
        "https://meet.example.jp/" + "8" * 300,
    ],
)
def test_what_is_no_web_address_never_becomes_a_link(address: str) -> None:
    with pytest.raises(TextProblem):
        meeting_link(address)
