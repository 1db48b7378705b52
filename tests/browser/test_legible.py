"""Embeds, charts and pages can be read: on paper, in a reader's own colours, in a frame of any size, whatever scheme was chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from browser.browsing import ALL_PAGES, Watched, finish_transitions
from browser.hosting import FITS, frames_of
from browser.legible import illegible
from playwright.sync_api import Browser, BrowserContext, Page
from serving import online
from support import copy_small, eventually, replace, run

from build import gather
from explainer.common.problems import Problems
from explainer.options import Options
from explainer.render import embeds

Readers = Callable[..., BrowserContext]
LOOKS = {
    f"{media}, {scheme}{', forced' if forced == 'active' else ''}": {
        "media": media,
        "color_scheme": scheme,
        "forced_colors": forced,
    }
    for media, forced in (("screen", "none"), ("print", "none"), ("screen", "active"))
    for scheme in ("light", "dark")
}
FRAGMENTS = ("", "#light", "#dark", "#dark#?secret=AbCdE12345")
WIDTHS = (280, 300, 320, 363, 364, 420, 500, 639, 640, 700, 800, 960, 1200)
_TEXT = """() => { const shown = [...document.querySelectorAll(".stage > div")].find(one => getComputedStyle(one).display !== "none");
  const svg = shown.querySelector("svg");
  return Math.min(...[...svg.querySelectorAll("text")].map(one =>
    parseFloat(getComputedStyle(one).fontSize) * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)); }"""
"""How high the smallest words of the drawing that is shown are, in pixels of the screen."""
_LOST = """() => { const root = document.documentElement, out = [];
  for (const one of document.querySelectorAll("h1, p, text")) {
    const box = one.getBoundingClientRect(), stage = one.closest(".stage");
    if (!box.width) continue;
    const wide = stage && stage.scrollWidth > stage.clientWidth && getComputedStyle(stage).overflowX === "auto";
    const right = wide ? stage.getBoundingClientRect().left + stage.scrollWidth - stage.scrollLeft : root.scrollWidth - scrollX;
    if (box.left < -1 || box.right > right + 1 || box.top + scrollY < -1 || box.bottom + scrollY > root.scrollHeight + 1)
      out.push(one.textContent.slice(0, 40));
  }
  for (const one of [root, document.body]) if (/hidden|clip/.test(getComputedStyle(one).overflow)) out.push("nobody can scroll");
  return out; }"""
"""Words that no scrolling brings into the frame."""


def sampled(names: list[str], turn: int, of: int) -> list[str]:
    """All of them in the audit; on a push every so manieth, beginning at another one each turn."""
    return names if ALL_PAGES else names[turn % of :: of]


@pytest.fixture(scope="session")
def withdrawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address and the folder of the embeds of the small project, live and pinned, one chart of which was withdrawn and another changed."""
    folder = tmp_path_factory.mktemp("withdrawn")
    project = copy_small(folder / "project")
    done = run("release", "--project", project, "--date", "2024-03-03")
    assert done.code == 0, done.said
    replace(project / "site_src/about.md", '{{ chart("loans-by-claimant") }}', "It is gone.")
    taken = "  withdrawn: {date: '2024-05-06', reason: The newspaper took its number back.}\n  title: Two numbers for one year\n"
    replace(project / "seeds/charts/charts.yaml", "  title: Two numbers for one year\n", taken)
    series = project / "seeds/series/loans-year.yaml"
    replace(series, "value: 9800\n", "value: 9900\n")
    replace(series, "9,800 loans", "9,900 loans")
    problems = Problems()
    site = gather(Options(project, project / "site"), problems)[2]
    for path in [
        path for path in site.files if path.startswith("embed/") and path.endswith(".html")
    ]:
        (folder / "www" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "www" / path).write_bytes(site.files[path])
    with online(folder / "www") as address:
        yield f"{address}/", folder / "www"


def embeds_below(folder: Path) -> list[str]:
    """Every embed below a folder, live, pinned and withdrawn."""
    return sorted(
        path.relative_to(folder).as_posix().removesuffix("index.html")
        for path in (folder / "embed").rglob("index.html")
    )


def unread(page: Page, address: str, look: dict[str, str], fragment: str, width: int) -> list[str]:
    """What cannot be read of an embed."""
    page.set_viewport_size({"width": width, "height": 700})
    page.emulate_media(**look)  # type: ignore[arg-type]
    page.goto("about:blank")
    page.goto(address + fragment)
    return [
        f"{address}{fragment} at {width}: {each}"
        for each in illegible(page, "main", paper=look["media"] == "print")
    ]


@pytest.mark.parametrize("look", LOOKS)
def test_every_embed_can_be_read(browser: Browser, site: Path, base: str, look: str) -> None:
    """Every embed of the site, live and pinned, has words of 4.5:1 and shapes of 3:1, whichever colours its address asks for."""
    page, turn, faults = browser.new_page(), list(LOOKS).index(look), []
    for index, path in enumerate(sampled(embeds_below(site), turn, len(LOOKS))):
        for fragment in FRAGMENTS:
            for width in (280, 500, 900) if ALL_PAGES else ((280, 500, 900)[index % 3],):
                faults += unread(page, base + path, LOOKS[look], fragment, width)
    page.close()
    assert faults == []


@pytest.mark.parametrize("look", LOOKS)
def test_notices_can_be_read(browser: Browser, withdrawn: tuple[str, Path], look: str) -> None:
    """So can the notice of a withdrawn chart, and the line of a pinned embed that says that the chart has moved on or is gone."""
    page, turn, faults = browser.new_page(), list(LOOKS).index(look), []
    address, folder = withdrawn
    paths = embeds_below(folder)
    assert len(paths) == 4
    for index, path in enumerate(paths):
        for fragment in sampled([*FRAGMENTS], index + turn, len(FRAGMENTS)):
            faults += unread(page, address + path, LOOKS[look], fragment, 360)
            expected = ".notice" if path.count("/") > 2 else "h1"
            assert page.locator(expected).is_visible(), path
    page.close()
    assert faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_and_filled_are_told_apart_in_a_readers_own_colours(
    browser: Browser, site: Path, base: str, scheme: str
) -> None:
    """With forced colours marks have the system's colours alone: an open one is filled with the ground and has an outline of ink; links
    are links' colour.
    """
    page, fills = browser.new_page(), set()
    page.emulate_media(color_scheme=scheme, forced_colors="active")  # type: ignore[arg-type]
    for path in sampled(embeds_below(site), scheme == "dark", 2):
        page.goto(f"{base}{path}#dark")
        system = page.evaluate(
            """() => Object.fromEntries(["Canvas", "CanvasText", "LinkText", "Highlight"].map(name => {
              const one = document.createElement("span"); one.style.cssText = "forced-color-adjust:none;color:" + name;
              document.body.append(one); const said = getComputedStyle(one).color; one.remove(); return [name, said]; }))"""
        )
        marks = page.evaluate(
            """() => [...document.querySelectorAll(".svg-chart :is(.col, .point)")].map(one => { const style = getComputedStyle(one);
              return [one.matches(".unsure, .hollow, .svg-chart:not(.timeline) .is-disputed *"), style.fill, style.stroke]; })"""
        )
        for hollow, fill, stroke in marks:
            assert (fill == system["Canvas"]) == hollow, path
            assert fill in (system["Canvas"], system["CanvasText"], system["Highlight"]), path
            assert stroke == system["CanvasText"] or (
                fill == system["CanvasText"] and stroke == "none"
            ), path
            fills.add(hollow)
        links = page.evaluate(
            """() => [...document.querySelectorAll("footer a, .mark text")].map(one =>
              getComputedStyle(one)[one.closest("svg") ? "fill" : "color"])"""
        )
        assert set(links) == {system["LinkText"]}, path
    assert fills == {True, False}
    page.close()


@pytest.fixture(scope="session")
def host(site: Path, base: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of somebody's page with every chart of the site, by the line for a frame that its page offers."""
    lines = []
    for path in sorted((site / "charts").glob("*/index.html")):
        found = re.search(
            r'<textarea id="embed-frame"[^>]*>(.*?)</textarea>',
            path.read_text(encoding="utf-8"),
            re.DOTALL,
        )
        assert found is not None
        lines.append(re.sub(r'src="[^"]*/embed/', f'src="{base}embed/', unescape(found[1])))
    folder = tmp_path_factory.mktemp("host")
    head = "<!doctype html><meta charset=utf-8><style>body{margin:0}</style>"
    (folder / "index.html").write_text(head + "\n".join(lines), encoding="utf-8")
    with online(folder) as address:
        yield address


@pytest.mark.parametrize("scripts", [True, False])
def test_a_pasted_frame_is_high_enough_at_any_width(
    readers: Readers, host: str, base: str, *, scripts: bool
) -> None:
    """The line for a frame shows every chart whole from 280 to 1,200 pixels, also without scripts, with words of 11 pixels at least;
    where styles are stripped the height alone does; at 800 pixels little of it is left white.
    """
    page = readers(java_script_enabled=scripts).new_page()
    page.set_viewport_size({"width": 800, "height": 900})
    page.goto(host)
    frames = frames_of(page, base)
    assert len(frames) == page.locator("iframe").count() > 5
    for frame in frames:
        assert (
            frame.evaluate(
                "innerHeight - document.querySelector('footer').getBoundingClientRect().bottom"
            )
            < 120
        ), frame.url
    for stripped in (False, True):
        if stripped:
            page.evaluate(
                "document.querySelectorAll('[style]').forEach(one => one.removeAttribute('style'))"
            )
            page.evaluate(
                "document.querySelectorAll('iframe').forEach(one => one.frameBorder = '0')"
            )
        for width in WIDTHS if ALL_PAGES else WIDTHS[scripts::2]:
            page.set_viewport_size({"width": width, "height": 900})
            for frame in frames:
                assert (
                    eventually(lambda: frame.evaluate("innerWidth"), lambda wide: wide == width)
                    == width
                )
                assert eventually(lambda: frame.evaluate(FITS), lambda cut: not cut) == [], (
                    f"{frame.url} at {width}, stripped: {stripped}"
                )
                assert frame.evaluate(_TEXT) >= 10.99, f"{frame.url} at {width}"
    page.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_low_frame_scrolls(readers: Readers, host: str, base: str, *, scripts: bool) -> None:
    """In a frame that is too low the words stay as large, and all of them can be scrolled to."""
    page = readers(java_script_enabled=scripts).new_page()
    page.goto(host)
    frames = frames_of(page, base)
    for height in (300, 740):
        page.evaluate(
            f"document.querySelectorAll('iframe').forEach(one => one.style.height = '{height}px')"
        )
        for width in (280, 360, 600, 1200) if ALL_PAGES else (360, 600) if scripts else (280, 1200):
            page.set_viewport_size({"width": width, "height": 900})
            for frame in frames:
                eventually(lambda: frame.evaluate("innerWidth"), lambda wide: wide == width)
                assert frame.evaluate(_TEXT) >= 10.99, f"{frame.url} in {width} x {height}"
                assert frame.evaluate(_LOST) == [], f"{frame.url} in {width} x {height}"
    page.close()


def test_a_drawing_that_cannot_be_narrow_scrolls_sideways(
    browser: Browser, small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where words lie over one another in every narrow drawing, the page's own stands for it, no smaller than it can be read."""
    monkeypatch.setitem(embeds._DRAWN, "small", ())
    problems = Problems()
    site = gather(Options(small_project, small_project / "site"), problems)[2]
    page = browser.new_page(viewport={"width": 280, "height": 900})
    page.set_content(site.files["embed/loans-by-year/index.html"].decode())
    assert page.evaluate("document.querySelector('.small svg').viewBox.baseVal.width") == 340
    assert page.evaluate(_TEXT) >= 10.99
    assert page.evaluate("document.documentElement.scrollWidth") == 280
    assert page.evaluate(
        "(one => one.scrollWidth > one.clientWidth)(document.querySelector('.stage'))"
    )
    assert page.evaluate(_LOST) == []
    page.close()


def test_every_width_that_is_tried_can_be_read() -> None:
    """The drawings that are tried for a band have words of 11 pixels at its narrowest; the stylesheet names the limits that heights are
    reckoned with.
    """
    for band, widths in embeds._DRAWN.items():
        room = embeds.BANDS[band].start - embeds._PADDING
        assert all(width * embeds._LEAST_TEXT <= room for width in widths), band
    css = (Path(embeds.__file__).parents[2] / "templates/embed/embed.css").read_text(
        encoding="utf-8"
    )
    for band, most in embeds._MOST.items():
        assert re.search(rf"^\.{band} svg {{[^}}]*max-width: {most}px", css, re.MULTILINE), band
    for limit in (embeds.MEDIUM, embeds.WIDE):
        assert f"@container (min-width: {limit - embeds._PADDING}px)" in css


PAGES = (
    "",
    "recruits-a-month/",
    "charts/contract-totals/",
    "charts/spring-2025-claims/",
    "timeline/",
    "glossary/",
)
EXPLORED = (
    "explore/contract-totals/",
    "explore/spring-call-up/",
    "explore/spring-2025-claims/",
    "explore/legal-acts/",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_can_be_read_on_paper(visit: Callable[..., Watched], site: Path, scheme: str) -> None:
    """Pages and charts, explored ones too, print dark on white, and are read in forced colours, whatever scheme they had on the screen."""
    watched = visit(900, color_scheme=scheme)
    charts = [
        f"{room}/{path.parent.name}/"
        for path in sorted((site / "charts").glob("*/index.html"))
        for room in ("charts", "explore")
    ]
    for path in (
        [*PAGES, *charts] if ALL_PAGES else sampled([*PAGES, *EXPLORED], scheme == "dark", 2)
    ):
        page = watched.goto(path)
        if path.startswith("explore/"):
            page.locator(".main-svg").first.wait_for()
        for look in (
            {"media": "print"},
            {"media": "screen", "forced_colors": "active"},
            {"media": "screen"},
        ):
            options: dict[str, Any] = {"color_scheme": scheme, "forced_colors": "none", **look}
            page.emulate_media(**options)
            finish_transitions(page)
            paper = look["media"] == "print"
            look_at = partial(illegible, page, paper=paper)
            assert eventually(look_at, lambda found: not found) == [], f"{path} {options}"
