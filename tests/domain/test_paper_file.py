import pytest

from app.domain.errors import Malformed
from app.domain.paper_file import MOST_BYTES, name_of, type_of
from app.domain.papers import PaperType


@pytest.mark.parametrize(
    ("given", "kind", "kept"),
    [
        ("決算書.pdf", PaperType.PDF, "決算書.pdf"),
        ("決算書.PDF", PaperType.PDF, "決算書.PDF"),
        ("写真.jpeg", PaperType.JPEG, "写真.jpeg"),
        ("写真.png", PaperType.JPEG, "写真.png.jpg"),
        ("evil.html", PaperType.PNG, "evil.html.png"),
        ("../../etc/passwd", PaperType.PDF, "passwd.pdf"),
        ("C:\\Users\\田中\\表.xlsx", PaperType.XLSX, "表.xlsx"),
        ("a\u202efdp.exe", PaperType.PDF, "afdp.exe.pdf"),
        ("a\r\nSet-Cookie: x.pdf", PaperType.PDF, "aSet-Cookie: x.pdf"),
        ("", PaperType.PDF, "資料.pdf"),
        (".pdf", PaperType.PDF, "資料.pdf"),
        ("あ" * 300 + ".pdf", PaperType.PDF, "あ" * 116 + ".pdf"),
    ],
)
def test_a_name_has_no_folders_nothing_unseen_and_the_true_ending(given, kind, kept):
    assert name_of(given, kind) == kept


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", PaperType.PDF),
        (b"\x89PNG\r\n\x1a\n", PaperType.PNG),
        (b"\xff\xd8\xff\xe0", PaperType.JPEG),
        (b"PK\x03\x04", PaperType.XLSX),
    ],
)
def test_the_type_is_told_by_the_first_bytes(content, kind):
    assert type_of(content) is kind


@pytest.mark.parametrize("content", [b"", b"%PDF-" + bytes(MOST_BYTES), b" %PDF-1.7", b"MZ", b"{}"])
def test_what_is_none_of_them_is_refused_beside_its_field(content):
    with pytest.raises(Malformed) as refused:
        type_of(content)
    assert list(refused.value.fields) == ["file"]
