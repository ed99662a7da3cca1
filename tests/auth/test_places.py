"""After signing in a browser goes to our own pages only."""

import pytest

from auth.places import local_path


@pytest.mark.parametrize(
    "path", ["/", "/cases?stage=open", "/cases/1#notes", "/a//b", "/?next=//x"]
)
def test_our_own_paths_are_kept(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "elsewhere",
    [
        None,
        "",
        "cases",
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/ /evil.example",
        "\x00//evil.example",
        "/cases\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "/" + "x" * 2000,
    ],
)
def test_everything_else_is_not(elsewhere: str | None) -> None:
    assert local_path(elsewhere) is None
