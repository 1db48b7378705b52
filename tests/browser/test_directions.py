"""Words that run from right to left on a page that does not: where a reader sees their ends, full stops and what follows them."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import made_up
import pytest
from browser.browsing import ENGINE
from playwright.sync_api import Browser, Page
from serving import online
from support import CASES, copy_small, lend, once, replace, run

_BOX = """(element, [from, to]) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), range = document.createRange();
  let node, at = 0, begun = false;
  while ((node = walker.nextNode())) {
    const end = at + node.data.length;
    if (!begun && from < end) { range.setStart(node, from - at); begun = true; }
    if (begun && to <= end) { range.setEnd(node, to - at); break; }
    at = end;
  }
  const box = range.getBoundingClientRect();
  return [box.left, box.right, box.top];
}"""
"""Where a stretch of an element's text is drawn."""
SPOKEN = {
    "ministry": ("rtl", "غادر 35000 شخص المدينة (أكثر من العام السابق)."),
    "bureau": ("rtl", "36000 نفر (شهردن)."),
    "office": ("rtl", "37000 איש (מהעיר)."),
    "village": ("auto", "38000 لوگ (شہر)."),
}
"""The direction of each claim's source: Arabic, Azerbaijani in Arabic script, Hebrew, and a language that is not known; and its words."""


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory, good: Path) -> Iterator[str]:
    """The small project with sources, names and quotes in other scripts, built and served."""

    def make(folder: Path) -> None:
        project = lend(good, copy_small(folder / "project"))
        shutil.copytree(CASES / "overlays" / "foreign", project, dirs_exist_ok=True)
        replace(
            project / "mkdocs.yml",
            "  - About: about/index.md\n",
            "  - About: about/index.md\n  - Foreign: foreign/index.md\n",
        )
        done = run("--project", project, "--engine", ENGINE)
        assert done.code == 0, done.said

    with online(
        once(tmp_path_factory, "foreign", make) / "project" / "site", missing="404.html"
    ) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A wide window, so that nothing is put on another line."""
    opened = browser.new_page(viewport={"width": 2000, "height": 900})
    yield opened
    opened.close()


def drawn(page: Page, selector: str, words: str) -> tuple[float, float, float]:
    """The left and right edge and the top of some words in the first element that a selector finds."""
    element = page.locator(selector).first
    text = element.text_content() or ""
    assert text.count(words) >= 1, (words, text)
    # places are counted as JavaScript counts them
    start = len(text[: text.index(words)].encode("utf-16-le")) // 2
    left, right, top = element.evaluate(_BOX, [start, start + len(words.encode("utf-16-le")) // 2])
    return left, right, top


@pytest.mark.parametrize("claim", SPOKEN)
def test_a_quote_runs_its_own_way(foreign: str, page: Page, claim: str) -> None:
    """On a fact's page a quote from the right begins at its right, ends at its left with its full stop, and leaves what stands before
    and after it where it is.
    """
    way, words = SPOKEN[claim]
    page.goto(f"{foreign}/facts/left/")
    quote = f"#{claim} .evidence q"
    assert page.locator(quote).first.get_attribute("dir") == way
    first, stop = drawn(page, quote, words[:5]), drawn(page, quote, ".")
    assert stop[1] <= drawn(page, quote, words.split()[1])[0] + 1, (
        "the full stop stands left of the words"
    )
    if way == "rtl":
        assert (
            drawn(page, quote, words.split("(")[1][:3])[1]
            <= drawn(page, quote, words.split("(")[0][:-1])[0] + 1
        )
    item = f"#{claim} .evidence .evidence-item"
    before = "4 March 2025"
    assert drawn(page, item, before)[0] > drawn(page, item, "Says so")[1], (
        "the date follows the publisher"
    )
    publisher = (page.locator(f"{item} bdi").first.text_content() or "").strip()
    assert drawn(page, item, publisher)[1] <= drawn(page, item, before)[0]
    assert first[2] == pytest.approx(stop[2], abs=8), "all on one line"


def test_a_kept_text_runs_its_own_way(foreign: str, page: Page) -> None:
    """A kept text in Arabic begins at the right of its block, and its full stop is its leftmost sign."""
    page.goto(f"{foreign}/sources/ministry/")
    second = "blockquote.kept-text p:nth-child(2)"
    stop, first = drawn(page, second, "."), drawn(page, second, "في عام")
    assert stop[1] <= drawn(page, second, "السابق")[0] + 1
    edge = page.locator("blockquote.kept-text").evaluate(
        "each => each.getBoundingClientRect().right"
    )
    assert edge - first[1] < 60
    heading = drawn(page, "h1", "وزارة"), drawn(page, "h1", "2025")
    assert heading[0][1] <= heading[1][0], "the date follows the publisher in the heading too"


def test_a_label_of_a_drawing_keeps_its_order(foreign: str, page: Page) -> None:
    """In a drawing the year follows the name, whose own full stop stands at the name's left."""
    for where in ("foreign/", "embed/who-left/"):
        page.goto(f"{foreign}/{where}")
        label = page.locator("svg text", has_text="وزارة").locator("visible=true").first
        name, stop, year = label.evaluate(
            """each => { const at = word => each.getExtentOfChar(each.textContent.indexOf(word));
                return [at("و").x, at(".").x, at("2023").x]; }"""
        )
        assert stop < name < year, where


def test_a_reference_keeps_its_order(foreign: str, page: Page) -> None:
    """In the list of all sources year and publisher stand where the style puts them, and the links after them."""
    page.goto(f"{foreign}/sources/")
    item = ".references li:has(a[href*='sources/ministry'])"
    places = [
        drawn(page, item, words)[0]
        for words in ("تقرير عن السكان", "2025", "وزارة الداخلية", "https://", "claims")
    ]
    assert places == sorted(places)


def test_no_mark_of_direction_is_in_the_data(good: Path, tmp_path: Path) -> None:
    """Unicode's marks stand in what people read alone: never in files for programs, packed or not, nor in the heads of pages."""
    project = lend(good, copy_small(tmp_path / "project"))
    shutil.copytree(CASES / "overlays" / "foreign", project, dirs_exist_ok=True)
    (project / "site_src" / "foreign.md").unlink()
    about = project / "site_src" / "about.md"
    seeds, named = project / "seeds", '{{ fact("left-year", claim="y2023", show="when") }}'
    replace(
        about,
        "# About",
        f'{{{{ table("left") }}}}\n\n{{{{ chart("who-left") }}}}\n\n# About {named}',
    )
    replace(
        seeds / "series" / "foreign.yaml",
        "value: 34000, period: '2023',",
        "value: 34000, period: '2023', label: العام الأول,",
    )
    replace(
        seeds / "charts" / "foreign.yaml",
        "title: Who left, by who says it",
        f"title: 'Who left in {named}'",
    )
    replace(
        seeds / "charts" / "foreign.yaml",
        "alt: Two points.",
        f"alt: 'One year is {named}.'\n  caption: 'Of {named}.'",
    )
    done = run("--project", project, "--site-url", "https://library.example.org/")
    assert done.code == 0, done.said
    found = {
        path.relative_to(project / "site").as_posix(): path.read_bytes()
        for path in (project / "site").rglob("*")
        if path.is_file()
    }
    texts = dict(_texts(found))
    kinds = {Path(name).suffix for name in texts}
    assert kinds >= {".json", ".csv", ".bib", ".ris", ".txt", ".cff", ".xml", ".html"}
    assert any(name.startswith("data/charts/who-left.xlsx/") for name in texts)
    assert any(name.endswith("who-left.zip/who-left/README.txt") for name in texts)
    named_so = (
        "charts/who-left/index.html",
        "embed/who-left/index.html",
        "about/index.html",
        "charts/who-left/cite.bib",
        "oembed/who-left.json",
    )
    assert [name for name in named_so if "العام الأول" not in texts[name]] == []
    assert [name for name, text in texts.items() if {"\u2068", "\u2069"} & set(text)] == []


def _texts(files: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """Every text for programs among some files, by path: heads of pages, files of data, and those that stand packed in others."""
    for name, data in files.items():
        match Path(name).suffix:
            case ".html":
                yield name, data.decode().partition("</head>")[0]
            case ".json" | ".csv" | ".bib" | ".ris" | ".txt" | ".cff" | ".xml":
                yield name, data.decode()
            case ".xlsx" | ".zip":
                with zipfile.ZipFile(io.BytesIO(data)) as archive:
                    yield from _texts(
                        {f"{name}/{inner}": archive.read(inner) for inner in archive.namelist()}
                    )


def test_a_site_from_the_right_is_laid_out_from_the_right(page: Page, tmp_path: Path) -> None:
    """In a site in Arabic letters pages run from the right, numbers from the left, and drawings keep their axes at the left."""
    project = made_up.FROM_THE_RIGHT.project(tmp_path / "project")
    done = run("--project", project, "--engine", ENGINE)
    assert done.code == 0, done.said
    with online(project / "site", missing="404.html") as address:
        for where in ("", "embed/columns-ordinary/", "explore/columns-ordinary/"):
            page.goto(f"{address}/{where}")
            assert (
                page.locator("h1").first.evaluate("each => getComputedStyle(each).direction")
                == "rtl"
            ), where
        page.goto(f"{address}/gallery/")
        chart = "#chart-columns-ordinary .drawing-wide svg"
        ticks = page.locator(f"{chart} text.tick").evaluate_all(
            "all => all.map(each => [each.textContent, each.getBoundingClientRect().x])"
        )
        years = [x for text, x in sorted(ticks) if text in ("2018", "2020", "2023")]
        assert years == sorted(years)
        assert all(x < years[0] for text, x in ticks if text.endswith("000"))
        box = page.locator(chart).bounding_box()
        assert box is not None
        assert all(box["x"] - 1 <= x <= box["x"] + box["width"] for _, x in ticks), (
            "every label stands in its drawing"
        )
        page.goto(f"{address}/facts/monthly-loans/")
        left, right, _ = drawn(page, "p.answer-value", "1,200")
        assert drawn(page, "p.answer-value", "1,500")[1] < left < right
