"""What a paper looks like once it was read: the same on every machine."""

import io

import pikepdf
from PIL import Image

from app.documents.paper_reader import PaperReader
from app.domain.papers import PaperType
from tests import papers


def naming_a_font(text):
    """As many accounting programs write: the font is named, and is not in the file."""
    with pikepdf.open(io.BytesIO(papers.pdf("a"))) as pdf:
        system = pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"Japan1", Supplement=2)
        name = pikepdf.Name("/MS-Gothic")
        box = [0, -137, 1000, 859]
        described = pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor,
            FontName=name,
            Flags=5,
            FontBBox=box,
            ItalicAngle=0,
            Ascent=859,
            Descent=-137,
            CapHeight=769,
            StemV=78,
        )
        below = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.CIDFontType2,
            BaseFont=name,
            CIDSystemInfo=system,
            DW=1000,
            FontDescriptor=pdf.make_indirect(described),
        )
        pdf.pages[0].Resources.Font.F1 = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=name,
            Encoding=pikepdf.Name("/90ms-RKSJ-H"),
            DescendantFonts=[pdf.make_indirect(below)],
        )
        drawn = f"BT /F1 36 Tf 72 700 Td <{text.encode('cp932').hex()}> Tj ET"
        pdf.pages[0].Contents = pdf.make_stream(drawn.encode())
        made = io.BytesIO()
        pdf.save(made)
        return made.getvalue()


def ink(picture):
    with Image.open(io.BytesIO(picture)) as seen:
        return sum(seen.convert("L").histogram()[:128])


def test_a_font_that_is_only_named_is_drawn_with_ours_and_no_other(tmp_path):
    paper = naming_a_font("決算書 売上高")
    with_ours = PaperReader().page(paper, PaperType.PDF, 1, 1000)
    with_none = PaperReader(fonts=(tmp_path,)).page(paper, PaperType.PDF, 1, 1000)

    assert with_ours.text == "決算書 売上高"
    assert ink(with_ours.picture) > 2000
    assert ink(with_none.picture) < ink(with_ours.picture) / 2


def test_a_photograph_stands_upright_and_on_white(tmp_path):
    lying, clear = io.BytesIO(), io.BytesIO()
    turned = Image.Exif()
    turned[0x0112] = 6
    Image.new("RGB", (400, 200), "teal").save(lying, "JPEG", exif=turned)
    Image.new("RGBA", (40, 20), (0, 0, 0, 0)).save(clear, "PNG")
    reader = PaperReader()

    upright = reader.page(lying.getvalue(), PaperType.JPEG, 1, 1000)
    assert (upright.width, upright.height) == (200, 400)
    assert ink(reader.page(clear.getvalue(), PaperType.PNG, 1, 1000).picture) == 0
