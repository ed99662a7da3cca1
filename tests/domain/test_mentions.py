"""Whom a text calls on: names after the sign, the longest that fits, in the order of the text."""

import pytest

from app.domain.mentions import Mention, MentionKind, mentions_in

HEAD = Mention(MentionKind.AGENCY, "a", "東京信用保証協会")
BRANCH = Mention(MentionKind.AGENCY, "b", "東京信用保証協会 多摩支店")
TANAKA = Mention(MentionKind.PERSON, "c", "田中 一郎")
NAMESAKE = Mention(MentionKind.PERSON, "d", "田中 一郎")
KNOWN = (HEAD, BRANCH, TANAKA, NAMESAKE)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("@東京信用保証協会 いかがですか", [HEAD]),
        ("＠東京信用保証協会様", [HEAD]),
        ("@東京信用保証協会 多摩支店の件", [BRANCH]),
        ("@田中 一郎さん、@東京信用保証協会へ", [TANAKA, NAMESAKE, HEAD]),
        ("@田中一郎", [TANAKA, NAMESAKE]),
        ("@東京信用保証協会 と @東京信用保証協会", [HEAD]),
        ("tanaka@example.jp と @誰か", []),
        ("東京信用保証協会", []),
        ("@", []),
    ],
)
def test_names_after_the_sign_are_meant(text, meant):
    assert mentions_in(text, KNOWN) == meant
