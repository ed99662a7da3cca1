"""What a file must be to become a paper: told from its bytes, before anything opens it."""

import struct
import zipfile
from io import BytesIO

from app.domain.errors import Malformed
from app.domain.papers import PaperType
from app.domain.sentences import _
from app.domain.text import Sentence

# Guarantee G12: looked up before parsing.
MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 30 * 1024 * 1024
MOST_ENTRIES = 200
MOST_ROWS = 20_000
MOST_COLUMNS = 100
MOST_PAGES = 300
MOST_PIXELS = 40_000_000
_MOST_LISTING = 64 * 1024  # of a ZIP with 200 entries: room for names of 270 letters
_LONGEST_NAME = 120

_MAGIC = (
    (b"%PDF-", PaperType.PDF),
    (b"\x89PNG\r\n\x1a\n", PaperType.PNG),
    (b"\xff\xd8\xff", PaperType.JPEG),
    (b"PK\x03\x04", PaperType.XLSX),
)
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END, _END_SIZE = b"PK\x05\x06", 22
_FAR_END = b"PK\x06\x07"  # of a ZIP64, whose counts stand somewhere else
_MACROS = ("xl/vbaproject", "xl/macrosheets/", "xl/dialogsheets/", "xl/activex/", "xl/ctrlprops/")

LOCKED = _("パスワード付きのファイルは受け付けられません。パスワードを外してから選んでください。")
MACROS = _("マクロを含むブックは受け付けられません。マクロのない.xlsx形式で保存し直してください。")
TOO_MUCH = _("中身が大きすぎて読み取れません。必要な部分だけを別のファイルに保存してください。")
BROKEN = {
    PaperType.PDF: _("PDFとして読み取れません。開けることを確認し、保存し直してください。"),
    PaperType.PNG: _("画像として読み取れません。開けることを確認し、保存し直してください。"),
    PaperType.JPEG: _("画像として読み取れません。開けることを確認し、保存し直してください。"),
    PaperType.XLSX: _("Excelブック（.xlsx）として読み取れません。Excelで保存し直してください。"),
}


def unusable(sentence: str, **values: object) -> Malformed:
    """The refusal of a file, told beside the field it was chosen in."""
    return Malformed(
        _("このファイルは資料として受け付けられません。"),
        fields={"file": Sentence(sentence, **values)},
    )


def type_of(content: bytes) -> PaperType:
    """By the first bytes; what a file is called says nothing about what it is."""
    if not content:
        raise unusable(_("ファイルが空です。"))
    if len(content) > MOST_BYTES:
        raise unusable(_("ファイルが大きすぎます（上限5MB）。分割するか、画質を下げてください。"))
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    if content.startswith(_COMPOUND_FILE):
        raise unusable(
            _(
                "パスワード付きまたは旧形式のOffice文書です。"
                "パスワードを外し、.xlsx形式かPDFで保存し直してください。"
            )
        )
    raise unusable(
        _("PDF、PNG・JPEG画像、Excelブック（.xlsx）のいずれでもありません。PDFに変換してください。")
    )


def check_workbook(content: bytes) -> None:
    """The caps of a workbook, read from the archive's own listing: nothing is unpacked yet."""
    end = content.rfind(_END)
    if end < 0 or len(content) - end < _END_SIZE or content[end - 20 : end].startswith(_FAR_END):
        raise _broken()
    entries, listing = struct.unpack_from("<HI", content, end + 10)
    if entries > MOST_ENTRIES or listing > _MOST_LISTING:
        raise _too_much()
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        raise _broken() from error
    if len(infos) > MOST_ENTRIES or sum(one.file_size for one in infos) > MOST_UNPACKED:
        raise _too_much()
    if any(one.flag_bits & 1 for one in infos):
        raise unusable(LOCKED)
    names = [one.filename.lower().replace("\\", "/").lstrip("/") for one in infos]
    if any(name.startswith(_MACROS) for name in names):
        raise unusable(MACROS)
    if len(set(names)) < len(names) or "xl/workbook.xml" not in names:
        raise _broken()


def _broken() -> Malformed:
    return unusable(BROKEN[PaperType.XLSX])


def _too_much() -> Malformed:
    return unusable(TOO_MUCH)


def name_of(given: str, kind: PaperType) -> str:
    """The name to show and to download under: no folders, nothing unseen, the true ending."""
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in last if c.isprintable()).strip(" .")[-_LONGEST_NAME:]
    endings = (".jpg", ".jpeg") if kind is PaperType.JPEG else (f".{kind}",)
    if not kept or kept.lower() in {ending.lstrip(".") for ending in endings}:
        kept = str(_("資料"))
    return kept if kept.lower().endswith(endings) else kept + endings[0]
