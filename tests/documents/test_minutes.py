"""議事録 and 議事要旨 as PDFs: the fingerprint on them, the same bytes twice, and no more than may
be known."""

import pypdfium2
import pytest

from app.documents.minutes import minutes_pdf
from app.documents.pdf import PdfPress
from app.domain.minutes import Form, Minutes
from app.queries.minutes import minutes_to_print
from app.store.unit_of_work import Database
from tests.factories import StandingClock, Table, table
from tests.minutes_steps import (
    CONDITION,
    DISSENT,
    PEOPLE,
    QUESTION,
    SAID,
    SECOND,
    TASK,
    closed,
    held,
)


def paper(database: Database, at: Table, who: str, form: Form = Form.FULL) -> Minutes:
    with database.read() as desk:
        return minutes_to_print(desk, at[who], at.conference.id, form)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    return "".join(page.replace("\r\n", "") for page in pages)


@pytest.fixture
def at(database: Database, clock: StandingClock) -> Table:
    return closed(database, table(database), clock)


def test_the_paper_carries_the_fingerprint_and_is_the_same_each_time(
    database: Database, at: Table, press: PdfPress
) -> None:
    minutes = paper(database, at, "cga")
    pdf = minutes_pdf(minutes, press)
    assert minutes_pdf(paper(database, at, "cga"), press) == pdf
    text = text_of(pdf)
    for words in (
        f"会議の記録の指紋：{minutes.fingerprint}",
        f"記録の指紋 {minutes.fingerprint}",
        "entaku journal verify",
        "取扱注意",
        f"1／{len(pypdfium2.PdfDocument(pdf))}ページ",
        CONDITION,
        DISSENT,
        "代案：協議会を先に",
        TASK,
        QUESTION,
        "田中 一郎（融資課長）",
        "東部　4機関、西部　1機関、棄権　0機関",
    ):
        assert words in text
    assert "未確定" not in text
    assert SAID not in text
    assert pypdfium2.raw.FPDFCatalog_IsTagged(pypdfium2.PdfDocument(pdf).raw)


def test_a_draft_says_so_on_every_page_and_has_no_fingerprint(
    database: Database, clock: StandingClock, press: PdfPress
) -> None:
    at = held(database, table(database), clock)
    pdf = minutes_pdf(paper(database, at, "cga"), press)
    text, pages = text_of(pdf), len(pypdfium2.PdfDocument(pdf))
    assert text.count("未確定（記録の指紋なし）") == pages
    assert text.count("未確定　取扱注意") == pages
    assert "会議はまだ終了していません" in text


def test_a_masked_item_is_a_number_on_paper_and_in_what_it_carries(
    database: Database, at: Table, press: PdfPress
) -> None:
    pdf = minutes_pdf(paper(database, at, "succession"), press)
    assert "議題2　案件（同意の範囲外のため非表示）" in text_of(pdf)
    document = pypdfium2.PdfDocument(pdf)
    carried = bytes(document.get_attachment(0).get_data()).decode()
    assert (SECOND in text_of(pdf), SECOND in carried) == (False, False)
    assert "議題2　案件（非公開）" in text_of(minutes_pdf(paper(database, at, "council"), press))


def test_a_summary_names_nobody_but_the_chair(
    database: Database, at: Table, press: PdfPress
) -> None:
    pdf = minutes_pdf(paper(database, at, "cga", Form.SUMMARY), press)
    carried = bytes(pypdfium2.PdfDocument(pdf).get_attachment(0).get_data()).decode()
    text = text_of(pdf)
    assert "議事要旨" in text
    assert "佐藤 健" in text
    assert [name for name in PEOPLE if name in text or name in carried] == []
