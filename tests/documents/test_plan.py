import io
import json
from dataclasses import replace
from typing import Any

import pikepdf
import pypdfium2
import pytest

from app.documents.pdf import PdfFailed, PdfPress
from app.documents.plan import LONGEST_TEXT, MOST_ROWS, plan_html, plan_pdf
from app.domain.plan_paper import PlanPaper
from tests.documents.papers import empty_paper, full_paper, long_paper

SECTIONS = [
    "1　企業概要",
    "2　相談の経緯と協議の経過",
    "3　現状認識",
    "4　経営課題と優先順位",
    "5　支援方針",
    "6　主担当機関・役割分担",
    "7　具体的支援内容",
    "8　KPI（達成状況を測る指標）",
    "9　資金繰りの見通しと金融支援の前提",
    "10　モニタリング",
    "11　情報共有の範囲・同意",
    "12　付帯条件・留意事項",
    "13　参加機関確認欄",
    "14　改訂履歴",
]


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page without line breaks, as a reader program takes it out."""
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for page in document:
        text = page.get_textpage()
        pages.append("".join(text.get_text_range().split("\r\n")))
        text.close()
        page.close()
    document.close()
    return pages


def outline_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    titles = [entry.get_title() for entry in document.get_toc()]
    document.close()
    return titles


def tags_of(pdf: pikepdf.Pdf) -> list[tuple[str, Any]]:
    """(tag, element) of the whole structure tree, in reading order."""
    found: list[tuple[str, Any]] = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node and node.get("/Type") == "/StructElem":
                found.append((str(node.S), node))
            if "/K" in node:
                walk(node.K)

    walk(pdf.Root.StructTreeRoot.K)
    return found


@pytest.fixture(scope="module")
def full_pdf(press: PdfPress) -> bytes:
    return plan_pdf(full_paper(), press)


def test_the_bookmarks_are_the_title_and_the_sections(full_pdf: bytes) -> None:
    assert outline_of(full_pdf) == ["支援方針・支援計画書", *SECTIONS]


@pytest.mark.parametrize("paper", [full_paper(), empty_paper(), long_paper()])
def test_every_page_says_confidential_its_number_and_its_version(
    press: PdfPress, paper: PlanPaper
) -> None:
    pages = pages_of(plan_pdf(paper, press))
    for number, text in enumerate(pages, start=1):
        assert f"{number}／{len(pages)}ページ" in text
        assert "取扱注意" in text
        assert f"第{paper.version}版" in text
        assert paper.document_number in text


def test_the_full_paper_says_what_was_agreed(full_pdf: bytes) -> None:
    text = "".join(pages_of(full_pdf))
    for words in (
        "株式会社灯夜ダイニング　代表取締役　佐久間 灯一 様",
        "主担当機関は、東京都よろず支援拠点とします。",
        "令和8年12月20日",
        "▲6,158",
        "算出不能",
        "出席した機関に反対がなく、候補の機関が受諾したときに決定します。",
        "宣言までの記録の控え：TDO2MWD2ABYL",
        "撤退店舗を決めてから返済緩和に入るべきである。",
        "条件付承認",
        "同意-C01-1",
        "その他の金融支援の合意を約束するものではありません。",
        "令和8年11月26日 13:30",
        "9f86d081 884c7d65 9a2feaa0 c55ad015 a3bf4f1b 2b0b822c d15d6c15 b0f00a08",
        "髙槗ビル（𠮷田方）",
        "以上",
    ):
        assert words in text, words


def test_the_same_paper_has_the_same_bytes(full_pdf: bytes, press: PdfPress) -> None:
    elsewhere = PdfPress()
    again = plan_pdf(full_paper(), elsewhere)
    elsewhere.close()
    assert again == full_pdf
    assert plan_pdf(replace(full_paper(), goal="粗利率68.0％"), press) != full_pdf


def test_tables_headings_and_charts_are_tagged_for_screen_readers(full_pdf: bytes) -> None:
    pdf = pikepdf.open(io.BytesIO(full_pdf))
    tags = tags_of(pdf)
    kinds = [kind for kind, _ in tags]
    figures = [str(node.get("/Alt", "")) for kind, node in tags if kind == "/Figure"]
    cells = [node for kind, node in tags if kind == "/TD"]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == len(SECTIONS)
    assert len(figures) == 7
    assert figures[0] == "売上増加率：令和6年3月期 17.9、令和7年3月期 11.6、令和8年3月期 ▲3.2"
    assert figures[-1] == "月末資金残高の見通し。資金不足の月: R9.1、R9.2。"
    assert all("/Headers" in cell.A for cell in cells if "/A" in cell)


def test_a_single_year_has_figures_but_no_course_to_draw() -> None:
    paper = full_paper()
    last = tuple(
        replace(each, shown=each.shown[-1:], values=each.values[-1:]) for each in paper.indicators
    )
    html = plan_html(replace(paper, years=paper.years[-1:], indicators=last))
    assert html.count("<svg") == 1
    assert plan_html(paper).count("<svg") == 7


def test_table_heads_stand_on_every_page_of_a_long_table(press: PdfPress) -> None:
    pages = pages_of(plan_pdf(long_paper(), press))
    with_actions = [text for text in pages if "長谷川 麻由美" in text]
    assert len(with_actions) > 5
    assert all("番号 支援内容 担当 期限 成果物 状態" in text for text in with_actions)


def test_a_cell_longer_than_a_page_is_printed_whole(press: PdfPress) -> None:
    text = "".join(pages_of(plan_pdf(long_paper(), press)))
    assert text.count("備") == 40 // 4 * (1 + 2 + 3 + 4) + 60 + 120


def test_empty_sections_say_so_in_words(press: PdfPress) -> None:
    pdf = plan_pdf(empty_paper(), press)
    text = "".join(pages_of(pdf))
    assert outline_of(pdf) == ["支援方針・支援計画書（案）", *SECTIONS]
    assert text.count("該当する記録はありません。") == 7
    assert "主担当機関はまだ決定していません。" in text
    assert "同意の記録がないため、本書を機関の間で共有することはできません。" in text
    assert "案　取扱注意" in text


def test_the_paper_travels_inside_as_data(full_pdf: bytes) -> None:
    pdf = pikepdf.open(io.BytesIO(full_pdf))
    (carried,) = pdf.attachments.values()
    data = json.loads(carried.get_file().read_bytes())
    assert data["document_number"] == "東保経支-2026-0048"
    assert data["actions"][0]["due_on"] == "2026-12-20"
    assert data["conditions"][1]["text"] == "撤退店舗を決めてから返済緩和に入るべきである。"


def test_a_character_without_a_glyph_is_named_at_the_end(full_pdf: bytes, press: PdfPress) -> None:
    paper = replace(full_paper(), policy="笑顔😀で支援する。")
    notice = "次の文字は書体に字形がないため、本書では枠で印字されています。"
    assert notice + "U+1F600" in "".join(pages_of(plan_pdf(paper, press)))
    assert notice not in "".join(pages_of(full_pdf))


def test_markup_in_what_people_wrote_is_only_text(press: PdfPress) -> None:
    words = '<img src="http://127.0.0.1:9/x"><b>太字</b> {{ 7*7 }} &amp;'
    paper = replace(full_paper(), policy=words, firm=replace(full_paper().firm, name=words))
    assert words in "".join(pages_of(plan_pdf(paper, press)))
    assert "<img" not in plan_html(paper)


def test_a_mark_that_turns_the_direction_of_writing_is_not_printed() -> None:
    assert "青葉製作所" in plan_html(replace(full_paper(), policy="青葉\u202e製作所"))


def test_a_section_that_is_too_long_is_named() -> None:
    paper = replace(full_paper(), policy="あ" * (LONGEST_TEXT + 1))
    with pytest.raises(PdfFailed) as refused:
        plan_pdf(paper)
    assert str(refused.value) == "「支援方針」の文章が長すぎます（8001字。上限は8000字です）。"


def test_a_table_with_too_many_rows_is_named() -> None:
    paper = replace(full_paper(), actions=full_paper().actions[:1] * (MOST_ROWS + 1))
    with pytest.raises(PdfFailed) as refused:
        plan_pdf(paper)
    assert str(refused.value) == "「具体的支援内容」の行が多すぎます（201行。上限は200行です）。"


def test_a_whole_that_is_too_long_is_refused_before_any_layout() -> None:
    row = replace(full_paper().conditions[0], text="あ" * LONGEST_TEXT)
    with pytest.raises(PdfFailed, match="文書全体が長すぎます"):
        plan_pdf(replace(full_paper(), conditions=(row,) * 16))
