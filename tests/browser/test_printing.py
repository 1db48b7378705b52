"""Pages on paper: short, whole, and without sheets that are nearly blank."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pypdfium2
import pytest
import weasyprint
from browser.browsing import Watched
from playwright.sync_api import expect

Visit = Callable[..., Watched]
PAGES = ("", "recruits-a-month/", "call-up/", "facts/recruits-per-month/", "charts/spring-call-up/")


def words(text: str) -> str:
    """Text without white space, ligatures and hyphens, which programs that read sheets guess."""
    return "".join(
        re.sub("[-\ufffe\x02]", "", unicodedata.normalize("NFKC", text)).split()
    )  # PDFium's hyphens at ends of lines


def printed(pdf: bytes) -> list[str]:
    """The words on each sheet."""
    return [words(sheet.get_textpage().get_text_bounded()) for sheet in pypdfium2.PdfDocument(pdf)]


def test_the_first_sheet_holds_the_first_chart(visit: Visit) -> None:
    """An article and its first chart begin on one sheet."""
    watched = visit()
    for path in ("", "recruits-a-month/"):
        page = watched.goto(path)
        title = words(page.locator(".chart-title").first.inner_text())
        assert title in printed(page.pdf(format="A4"))[0], path


def test_figures_leave_room_and_disputes_take_a_line(visit: Visit) -> None:
    """On A4 a figure is lower than two thirds of the sheet, but for lists that would be too small; a disagreement is its summary alone."""
    watched = visit(width=794, height=1123)
    for path in PAGES:
        page = watched.goto(path)
        page.emulate_media(media="print")
        heights = [
            box["height"]
            for one in page.locator("figure.chart:not(:has(.tall))").all()
            if (box := one.bounding_box())
        ]
        assert all(height < 1123 * 2 / 3 for height in heights), (path, heights)
        for dispute in page.locator("details.dispute").all():
            dispute.evaluate("one => { one.open = true }")  # as the theme does before it prints
            expect(dispute.locator("summary")).to_be_visible()
            box = dispute.bounding_box()
            assert box is not None
            assert box["height"] < 80, path
        page.emulate_media(media="screen")


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, marks=pytest.mark.audit)
        if path in ("recruits-a-month/", "call-up/")
        else path
        for path in PAGES
    ],
)
def test_an_engine_that_prints_without_a_browser_loses_nothing(
    visit: Visit, base: str, path: str
) -> None:
    """WeasyPrint, which divides plain blocks alone over sheets, prints each heading and paragraph of the article."""
    page = visit(java_script_enabled=False).goto(path)
    page.emulate_media(media="print")
    blocks = page.locator(".page > :is(h1, h2, p):not(:has(sup, a[href^=http])):visible")
    expected = [words(text) for text in blocks.all_inner_texts()]
    sheets = "".join(printed(weasyprint.HTML(f"{base}{path}").write_pdf()))
    assert len(expected) > 2
    assert [text for text in expected if text.removesuffix("¶") not in sheets] == []
