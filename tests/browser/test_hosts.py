"""Charts on other people's pages: at any width, with and without scripts, each frame shows the whole chart and talks to nobody else."""

from __future__ import annotations

import gzip
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from browser.axe import findings
from browser.browsing import ALL_PAGES, SUB_PATH, served
from browser.hosting import (
    CHART,
    FITS,
    HOSTS,
    NATURAL,
    Host,
    build_embedded,
    frames_of,
    height_of,
    hosted,
    pasted_height,
)
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Frame, Page, expect
from support import eventually, once

Readers = Callable[..., BrowserContext]
WIDTHS = (320, 480, 720, 1200)


def ways(names: Sequence[str]) -> list[object]:
    """Every host at every width in the audit; on every push each at one of the widths, by turns."""
    pairs = [
        (name, width, row % len(WIDTHS) == column)
        for row, name in enumerate(names)
        for column, width in enumerate(WIDTHS)
    ]
    return [
        pytest.param(name, width, marks=() if turn else pytest.mark.audit)
        for name, width, turn in pairs
    ]


LOOKED_AT = WIDTHS if ALL_PAGES else (480, 720)
"""At which widths axe looks at frames: one in each theme of the reader's on a push."""
LAST = "this is the last that I say"
_HEAR = "window.heard = []; addEventListener('message', event => window.heard.push(event.data));"


@pytest.fixture(scope="session")
def folder(good: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with a release, built."""
    return once(tmp_path_factory, "embedded", lambda to: build_embedded(to, good))


@pytest.fixture(scope="session")
def embeds(folder: Path) -> Iterator[str]:
    """The address of its site."""
    with served(folder / "www") as address:
        yield address


@pytest.fixture(scope="session")
def hosts(
    folder: Path, embeds: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Host]]:
    """Every host page, on another origin."""
    with hosted(folder, embeds, tmp_path_factory.mktemp("hosts") / "www") as found:
        yield found


def opened(readers: Readers, address: str, width: int, **options: Any) -> Page:
    """A host page in a window, with a note of every message that any frame of it hears."""
    page = readers(**options).new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(_HEAR)
    page.goto(address)
    return page


def fitted(frame: Frame) -> int:
    """The height of a frame, once its host has given it the height of its chart."""
    height = eventually(
        lambda: height_of(frame), lambda height: abs(height - frame.evaluate(NATURAL)) <= 1
    )
    assert height == pytest.approx(frame.evaluate(NATURAL), abs=1), frame.url
    return height


def said_all(frame: Frame) -> None:
    """Wait until everything that a frame has said so far has been heard by its host, and by the page around that."""
    for listener, name in ((frame.parent_frame, "parent"), (frame.page.main_frame, "top")):
        assert listener is not None
        before = listener.evaluate("said => heard.filter(one => one === said).length", LAST)
        frame.evaluate(f"said => {name}.postMessage(said, '*')", LAST)
        listener.wait_for_function(
            "([said, before]) => heard.filter(one => one === said).length > before",
            arg=[LAST, before],
        )


REFUSING = {
    "strict-policy": "embed.js' violates the following Content Security Policy directive",
}
"""What the browser says of hosts that refuse our script, whatever is in it."""


def complaints(page: Page) -> list[str]:
    """Errors and warnings of the console, and scripts that failed, in a page and its frames; filled while the page is used."""
    found: list[str] = []

    def note(message: ConsoleMessage) -> None:
        missing_icon = message.location["url"].endswith(
            "/favicon.ico"
        )  # the host's own, which the browser asks for once
        if message.type in ("error", "warning") and not missing_icon:
            found.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def ground(frame: Frame) -> str:
    """Whether a frame is light or dark."""
    colour = frame.evaluate("getComputedStyle(document.querySelector('main')).backgroundColor")
    return "dark" if sum(map(int, re.findall(r"\d+", colour)[:3])) < 380 else "light"


@pytest.mark.parametrize(("name", "width"), ways(HOSTS))
def test_a_host(
    readers: Readers, hosts: dict[str, Host], embeds: str, name: str, width: int
) -> None:
    """In each host at each width: no scrollbar in a frame, no word cut, the right height and colours, one request a frame, nothing in the
    console, and axe finds nothing.
    """
    host, scheme = hosts[name], "dark" if width == 480 else "light"
    requests: list[str] = []
    page = readers(color_scheme=scheme).new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(_HEAR)
    said = complaints(page)
    page.on(
        "request",
        lambda request: requests.append(request.url) if request.frame.parent_frame else None,
    )
    page.goto(host.address)
    frames = frames_of(page, embeds)
    assert bool(frames) == (host.frames != "none")
    for frame in frames:
        if host.frames != "fixed":
            fitted(frame)
        assert frame.evaluate(FITS) == []
        height = height_of(frame)
        assert height == (
            pasted_height(frame)
            if host.frames == "fixed"
            else pytest.approx(frame.evaluate(NATURAL), abs=1)
        ), frame.url
        assert ground(frame) == (scheme if host.scheme == "reader" else host.scheme)
        if width in LOOKED_AT:
            assert findings(frame) == []
    ours = [each for each in requests if each.startswith(embeds)]
    assert sorted(ours) == sorted(frame.url.split("#")[0] for frame in frames)
    assert [each for each in said if not (name in REFUSING and REFUSING[name] in each)] == []
    if not frames:
        picture = page.locator("img")
        expect(picture).to_have_attribute("alt", re.compile("Columns rise from"))
        assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") > 600
    page.close()


@pytest.mark.parametrize(
    ("name", "width"),
    ways([name for name in HOSTS if name not in ("dark", "newsletter", "substack", "added-later")]),
)
def test_a_host_without_scripts(
    readers: Readers, hosts: dict[str, Host], embeds: str, name: str, width: int
) -> None:
    """With scripts off everywhere, every frame keeps the height that was pasted, and shows the whole chart in it."""
    page = opened(readers, hosts[name].address, width, java_script_enabled=False)
    frames = frames_of(page, embeds)
    assert frames
    for frame in frames:
        assert height_of(frame) == pasted_height(frame)
        assert frame.evaluate(FITS) == []
    page.close()


def test_wordpress_follows_a_link_for_its_sandbox(
    readers: Readers, hosts: dict[str, Host], embeds: str
) -> None:
    """In WordPress' sandbox, which lets no window open, a source is opened by WordPress, also from the keyboard and from a mark of the
    drawing; links to other hosts are not handed to it, and with a key held down nothing is.
    """
    host = hosts["wordpress-protocol"].address
    page = opened(readers, host, 720)
    for place, target in (
        ("footer a", "sources/"),
        (".chart-page", f"charts/{CHART}/"),
        (".small .mark, .medium .mark, .wide .mark", "facts/"),
    ):
        page.goto(host)
        link = frames_of(page, embeds)[0].locator(place).filter(visible=True).first
        link.focus()
        link.press("Enter")
        page.wait_for_url(f"{embeds}{target}**")
    page.goto(host)
    for frame in frames_of(page, embeds):
        frame.locator("a[rel=license]").click()
        frame.locator("footer a").first.click(modifiers=["Control"])
        said_all(frame)
    assert page.evaluate("followed") == []
    assert page.url == host
    page.close()


def test_the_secret_is_told_to_nobody_who_has_none(
    readers: Readers, hosts: dict[str, Host], embeds: str
) -> None:
    """A host that gave no secret hears nothing in WordPress' dialect, and of two questions the one with a wrong secret gets no answer."""
    page = opened(readers, hosts["wordpress"].address, 720)
    frames_of(page, embeds)
    assert not [
        each for each in page.evaluate("heard") if isinstance(each, dict) and "secret" in each
    ]
    page.goto(hosts["wordpress-protocol"].address)
    frames_of(page, embeds)
    told = [each for each in page.evaluate("heard") if isinstance(each, dict) and "secret" in each]
    assert {each["secret"] for each in told} == {"AbCdE12345", "zyxwv98761"}
    assert {each["message"] for each in told} == {"height"}
    page.evaluate("heard.length = 0")
    page.evaluate("frames[0].postMessage({message: 'ready', secret: 'wrong'}, '*')")
    page.evaluate("frames[0].postMessage({message: 'ready', secret: 'AbCdE12345'}, '*')")
    page.wait_for_function("heard.some(each => each.message === 'height')")
    said_all(page.frames[1])
    assert page.evaluate("heard.filter(each => each.message === 'height').length") == 1
    page.close()


def test_the_element_is_a_link_without_scripts(readers: Readers, hosts: dict[str, Host]) -> None:
    """The web component leaves a link to the chart where no script runs."""
    page = opened(readers, hosts["dark"].address, 480, java_script_enabled=False)
    expect(page.locator("explainer-chart a")).to_be_visible()
    assert page.locator("iframe").count() == 0
    page.close()


@pytest.fixture
def nested(readers: Readers, hosts: dict[str, Host], embeds: str) -> Iterator[tuple[Page, Frame]]:
    """A host with several charts, in which another host stands in a frame; both with their frames loaded."""
    page = opened(readers, hosts["several"].address, 900)
    frames_of(page, embeds)
    page.evaluate(
        """address => { const one = document.createElement("iframe"); one.id = "inner"; one.height = 3000; one.width = "100%";
          one.src = address; document.body.append(one); }""",
        hosts["ghost"].address,
    )
    page.wait_for_function("frames.length === 4")
    page.frame_locator("#inner").locator("iframe").scroll_into_view_if_needed()
    page.frame_locator("#inner").frame_locator("iframe").locator("main h1").wait_for(
        state="attached"
    )
    (inner,) = (frame for frame in page.frames if frame.url == hosts["ghost"].address)
    for frame in page.frames:
        if frame.url.startswith(f"{embeds}embed/"):
            fitted(frame)
            said_all(frame)
    yield page, inner
    page.close()


def test_a_frame_tells_its_host_its_height_in_each_dialect(
    nested: tuple[Page, Frame], embeds: str
) -> None:
    """What a host hears of a chart is its height, said as Datawrapper, AMP, Medium and pym say it, and nothing else."""
    host = nested[1]
    told = [each for each in host.evaluate("window.heard") if each != LAST]
    natural = next(frame for frame in host.child_frames).evaluate(NATURAL)
    assert [each for each in told if isinstance(each, dict)][-1] == {
        "explainer-height": natural,
        "datawrapper-height": {CHART: natural},
        "sentinel": "amp",
        "type": "embed-size",
        "height": natural,
    }
    assert json.loads([each for each in told if isinstance(each, str)][-1]) == {
        "src": f"{embeds}embed/{CHART}/", "context": "iframe.resize", "height": natural,
    }  # fmt: skip


def test_messages_go_to_the_host_alone(nested: tuple[Page, Frame], embeds: str) -> None:
    """A frame's neighbours, a frame around its host and the frame itself hear nothing of its height."""
    page, inner = nested
    for frame in page.frames:
        if frame.url.startswith(embeds):
            assert set(frame.evaluate("window.heard")) - {LAST} <= {"explainer-height?"}, frame.url
    assert len([one for one in page.evaluate("heard") if isinstance(one, dict)]) >= 3
    page.evaluate("heard.length = 0")
    inner.evaluate("heard.length = 0; document.querySelector('iframe').width = '300'")
    inner.wait_for_function("heard.some(one => one['explainer-height'])")
    said_all(inner.child_frames[0])
    assert page.evaluate("heard") == [LAST]


def test_a_stranger_cannot_set_a_height(
    readers: Readers, hosts: dict[str, Host], embeds: str
) -> None:
    """Our script on the host believes a frame of ours about itself, and nobody else about anything."""
    page = opened(readers, hosts["ghost"].address, 720)
    (frame,) = frames_of(page, embeds)
    before = fitted(frame)
    page.evaluate("postMessage({'explainer-height': 4321}, '*')")
    page.evaluate(
        """address => new Promise(done => { const one = document.createElement("iframe"); one.id = "stranger"; one.onload = done;
          one.src = address; document.body.append(one); })""",
        hosts["newsletter"].address,
    )
    (stranger,) = (each for each in page.frames if each.url == hosts["newsletter"].address)
    stranger.evaluate("parent.postMessage({'explainer-height': 5432}, '*')")
    for wrong in ("-5", "1e9", "null", "{}"):
        frame.evaluate(f"parent.postMessage({{'explainer-height': {wrong}}}, '*')")
    for sender in (page.main_frame, stranger, frame):
        sender.evaluate("said => parent.postMessage(said, '*')", LAST)
    page.wait_for_function("said => heard.filter(one => one === said).length === 3", arg=LAST)
    heights = page.locator("iframe").evaluate_all("all => all.map(one => one.style.height)")
    assert heights == [f"{before}px", ""]
    page.close()


LED_AWAY = """<!doctype html><meta charset=utf-8><script>
  for (const height of [19999, "19999"]) parent.postMessage({"explainer-height": height}, "*"); parent.postMessage("led away", "*");</script>"""
SANDBOXES = {
    "no sandbox": None,
    "a sandbox without an origin": "allow-scripts",
    "a sandbox with one": "allow-scripts allow-same-origin",
}


@pytest.mark.parametrize("sandbox", SANDBOXES)
def test_a_frame_that_was_led_elsewhere_cannot_set_its_height(
    readers: Readers, hosts: dict[str, Host], embeds: str, tmp_path: Path, sandbox: str
) -> None:
    """A frame keeps its src when it is led to another site; what that site says of its height is not believed."""
    (tmp_path / "www" / SUB_PATH).mkdir(parents=True)
    (tmp_path / "www" / SUB_PATH / "away.html").write_text(LED_AWAY, encoding="utf-8")
    with served(tmp_path / "www") as elsewhere:
        page = opened(readers, hosts["ghost"].address, 720)
        page.evaluate(
            """([src, sandbox]) => new Promise(done => { const one = document.createElement("iframe"); one.id = "led";
              if (sandbox !== null) one.setAttribute("sandbox", sandbox); one.src = src; window.loads = 0;
              one.addEventListener("load", () => { window.loads++; done(); }); document.body.append(one); })""",
            [f"{embeds}embed/{CHART}/", SANDBOXES[sandbox]],
        )
        led = page.locator("#led")
        page.wait_for_function("document.querySelector('#led').style.height")
        before = led.evaluate("one => one.style.height")
        page.evaluate(
            "() => { window.away = new Promise(done => addEventListener('message', event => event.data === 'led away' && done())); }"
        )
        led.evaluate(
            "(one, to) => { one.contentWindow.location.replace(to); }", f"{elsewhere}away.html"
        )
        page.evaluate("away")
        page.wait_for_function("loads === 2")  # our script asks a frame again when it has loaded
        page.evaluate("said => postMessage(said, '*')", LAST)
        page.wait_for_function("said => heard.includes(said)", arg=LAST)
        assert led.evaluate("one => one.style.height") in (before, "")
        assert led.evaluate("one => one.src") == f"{embeds}embed/{CHART}/"
        page.close()


def test_a_pinned_embed_says_what_has_changed(
    readers: Readers, hosts: dict[str, Host], embeds: str
) -> None:
    """The pinned frame beside live ones says since when it stands and what has changed, in a line; the live ones say nothing of it."""
    page = opened(readers, hosts["several"].address, 720, java_script_enabled=False)
    live, again, pinned = frames_of(page, embeds)
    expect(pinned.locator(".notice")).to_have_text(
        "Pinned 3 March 2024. 1 of 4 values has changed since. See the latest"
    )
    expect(pinned.locator(".notice")).to_be_visible()
    assert live.locator(".notice").count() == again.locator(".notice").count() == 0
    assert [
        each.locator(".small .mark").first.get_attribute("data-value") for each in (live, pinned)
    ] == ["9900", "9800"]
    page.close()


def test_links_open_beside_the_host(readers: Readers, hosts: dict[str, Host], embeds: str) -> None:
    """A source in a frame opens in a window of its own, and leads to the site."""
    page = opened(readers, hosts["wordpress"].address, 720)
    (frame,) = frames_of(page, embeds)
    with page.context.expect_page() as fresh:
        frame.locator("footer a").first.click()
    assert fresh.value.url.startswith(f"{embeds}sources/")
    assert page.url == hosts["wordpress"].address
    fresh.value.close()
    page.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("system", ["light", "dark"])
def test_colours_can_be_set_without_a_script(
    readers: Readers, embeds: str, theme: str, system: str
) -> None:
    """``#light`` and ``#dark`` rule, whatever the reader's system has; words keep their contrast."""
    page = opened(
        readers,
        f"{embeds}embed/{CHART}/#{theme}",
        600,
        color_scheme=system,
        java_script_enabled=False,
    )
    assert ground(page.main_frame) == theme
    page.close()
    page = opened(readers, f"{embeds}embed/{CHART}/#{theme}", 600, color_scheme=system)
    assert findings(page.main_frame) == []
    page.close()


def test_the_embeds_of_this_site(browser: Browser, base: str, site: Path) -> None:
    """Every chart of the real site fits its offered height at any width from 280 to 1,200 pixels, by one request of at most 30 KB compressed."""
    page = browser.new_page(viewport={"width": 1300, "height": 900})
    for path in sorted((site / "embed").iterdir()):
        data = (path / "index.html").read_bytes()
        assert len(gzip.compress(data, mtime=0)) <= 30_000, path.name
        text = (site / "charts" / path.name / "index.html").read_text(encoding="utf-8")
        height = re.search(r'name="embed-edition" value="" data-height="(\d+)"', text)
        assert height is not None
        page.goto(f"{base}embed/{path.name}/")
        for width in (280, 320, 419, 420, 480, 619, 620, 720, 960, 1200):
            page.set_viewport_size({"width": width, "height": int(height[1])})
            assert page.evaluate(FITS) == [], f"{path.name} at {width}"
    page.close()


def test_the_script_is_small(site: Path) -> None:
    """The script for hosts has less than 2 KB as servers send it, and nothing else of ours has to be loaded."""
    assert len(gzip.compress((site / "embed.js").read_bytes())) < 2048


def test_a_policy_that_allows_what_is_used(folder: Path) -> None:
    """The policy of every embed allows its own style and script by hash, and nothing else at all."""
    pages = sorted((folder / "www" / SUB_PATH / "embed").rglob("*.html"))
    assert len(pages) == 4
    for path in pages:
        found = re.search(
            r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">',
            path.read_text(encoding="utf-8"),
        )
        assert found is not None
        assert re.fullmatch(
            r"default-src 'none'; style-src 'sha256-[\w+/=]{44}'; script-src 'sha256-[\w+/=]{44}'; base-uri 'none'; form-action 'none'",
            unescape(found[1]),
        )


def test_the_panel_fills_the_lines_in(readers: Readers, folder: Path, embeds: str) -> None:
    """On a chart's page a reader chooses edition, colours and width; the lines and the preview follow, and a line is copied whole."""
    page = readers(permissions=["clipboard-read", "clipboard-write"]).new_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    errors: list[str] = []
    page.on(
        "console", lambda message: errors.append(message.text) if message.type == "error" else None
    )
    page.goto(f"{embeds}charts/{CHART}/")
    panel = page.locator(".embed-panel")
    panel.get_by_label("dark", exact=True).check()
    panel.get_by_label("as it was on 3 March 2024").check()
    edition = next((folder / "project" / "seeds" / "editions" / CHART).glob("*.html")).stem
    lines = panel.locator("textarea").evaluate_all("all => all.map(one => one.value)")
    wanted = f"https://explainer.example/{SUB_PATH}embed/{CHART}/{edition}/#dark"
    assert [wanted in line for line in lines] == [True, True, False, True]
    record = json.loads(
        (folder / "project" / "seeds" / "editions" / CHART / f"{edition}.json").read_text(
            encoding="utf-8"
        )
    )
    assert all(f'height="{record["height"]}"' in line for line in (lines[0], lines[1], lines[3]))
    assert f"height:calc({record['heights']['wide']}px" in lines[0]
    kept = f"https://explainer.example/{SUB_PATH}embed/{CHART}/{edition}/"
    assert (
        f'<figure style="margin:0"><a href="{kept}"><img src="{kept}chart.png" alt="Columns rise from 9,800'
        in lines[2]
    ), "a pinned picture has its own words"
    panel.get_by_role("button", name="Copy the line").first.click()
    expect(panel.locator(".embed-status").first).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == lines[0]
    panel.get_by_text("Preview", exact=True).click()
    for width in (320, 480, 720):
        panel.get_by_label(f"{width} px wide").check()
        assert panel.locator("iframe").evaluate("one => one.clientWidth") == width
    preview = panel.frame_locator("iframe")
    expect(preview.locator(".notice")).to_contain_text("1 of 4 values has changed since.")
    expect(preview.locator("main")).to_have_css("background-color", "rgb(21, 23, 27)")
    assert errors == []
    page.close()


def test_the_panel_without_scripts_is_boxes_of_text(readers: Readers, embeds: str) -> None:
    """Without scripts the same lines stand in boxes, for the live chart; what needs a script is not shown, and the preview opens."""
    page = opened(readers, f"{embeds}charts/{CHART}/", 360, java_script_enabled=False)
    panel = page.locator(".embed-panel")
    for box in panel.locator("textarea").all():
        expect(box).to_be_visible()
        expect(box).to_have_value(re.compile(f"https://explainer.example/{SUB_PATH}"))
    expect(panel.locator(".embed-choices")).to_be_hidden()
    expect(panel.locator(".embed-copy").first).to_be_hidden()
    panel.get_by_text("Preview", exact=True).click()
    expect(panel.frame_locator("iframe").locator("h1")).to_be_visible()
    page.close()


def test_a_link_is_made_into_an_embed(folder: Path) -> None:
    """The chart's page names its oEmbed answer, whose frame and picture are there; the same holds for the zip, whose bytes are the same again."""
    site = folder / "www" / SUB_PATH
    head = (site / "charts" / CHART / "index.html").read_text(encoding="utf-8")
    address = f"https://explainer.example/{SUB_PATH}"
    assert (
        f'type="application/json+oembed" title="The library lent more in 2023 than in any year before" href="{address}oembed/{CHART}.json"'
        in head
    )
    answer = json.loads((site / "oembed" / f"{CHART}.json").read_text(encoding="utf-8"))
    assert (answer["version"], answer["type"]) == ("1.0", "rich")
    assert f'<iframe src="{address}embed/{CHART}/"' in answer["html"]
    assert f'height="{answer["height"]}"' in answer["html"]
    picture = (site / answer["thumbnail_url"].removeprefix(address)).read_bytes()
    assert (int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")) == (
        answer["thumbnail_width"],
        answer["thumbnail_height"],
    )
    with zipfile.ZipFile(site / "data" / "charts" / f"{CHART}.zip") as archive:
        assert archive.testzip() is None
        names = sorted(name.removeprefix(f"{CHART}/") for name in archive.namelist())
        kinds = ("csv", "json", "png", "svg", "xlsx")
        assert names == sorted(
            [
                "CITATION.txt",
                "LICENCE.txt",
                "README.txt",
                "datapackage.json",
                *(f"{CHART}.{kind}" for kind in kinds),
            ]
        )
        for kind in ("csv", "json", "png", "svg", "xlsx"):
            assert (
                archive.read(f"{CHART}/{CHART}.{kind}")
                == (site / "data" / "charts" / f"{CHART}.{kind}").read_bytes()
            )
        assert b"CC BY 4.0" in archive.read(f"{CHART}/LICENCE.txt")
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
