"""Measures how Chromium loads a page as a cheap phone on a slow network.

It uses the DevTools protocol.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from statistics import median
from typing import Any, Final

import chromium
from playwright.sync_api import Browser, CDPSession, sync_playwright

from bench.measure import TIMES

SLOW_4G: Final = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1_474_560 / 8,
    "uploadThroughput": 675_000 / 8,
}
"""Slow 4G as in Lighthouse and DevTools: 562.5 ms a request, 1.47 Mbit/s down, 0.675 up."""
SLOWER: Final = 4
"""The factor by which the processor is slowed down."""
_WATCH = """selector => {
  const seen = window.__seen = {painted: null, largest: 0, shift: 0};
  new PerformanceObserver(list => list.getEntries().forEach(one => { seen.largest = one.startTime; }))
    .observe({type: "largest-contentful-paint", buffered: true});
  new PerformanceObserver(list => list.getEntries().forEach(one => { if (!one.hadRecentInput) seen.shift += one.value; }))
    .observe({type: "layout-shift", buffered: true});
  const look = () => {
    const boxes = [...document.querySelectorAll(selector)].map(one => one.getBoundingClientRect());
    const there = boxes.some(box => box.width && box.height);
    if (!there) return requestAnimationFrame(look);
    // what is there in one frame is on the screen when the next begins
    requestAnimationFrame(() => { seen.painted = performance.now(); });
  };
  requestAnimationFrame(look);
}"""  # noqa: E501


@dataclass(frozen=True)
class Load:
    """How a page loaded; each figure is the median of several runs."""

    painted: float
    """Seconds until the element of the selector was on the screen."""
    first: float
    """Seconds until anything was on the screen."""
    largest: float
    """Seconds until the largest text or picture was on the screen (LCP)."""
    shift: float
    """Cumulative layout shift."""
    kilobytes: float
    """Kilobytes moved over the network, including headers."""
    script_kilobytes: float
    scripted: float
    """Seconds of script time on the slowed processor until the page was still.

    It includes a few milliseconds of the measurement.
    """
    requests: float
    files: Mapping[str, float]
    """The kilobytes of each request, by address."""


@contextmanager
def browser() -> Iterator[Browser]:
    """Start a Chromium that can reach the loopback address only."""
    flags = [*chromium.FLAGS, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium.find(), args=flags)
        yield started
        started.close()


def loads(
    chromium_: Browser,
    pages: Mapping[str, tuple[str, str]],
    times: int = TIMES,
    *,
    width: int = 360,
    still: float = 1.0,
) -> dict[str, Load]:
    """Load pages in turns, each time with an empty cache, and return the medians by name.

    ``pages`` has the address and a selector of each page, by name. ``still`` is how many seconds to
    wait for more shifts and requests after the page has loaded and the element of the selector was
    painted.
    """
    found: dict[str, list[Load]] = {name: [] for name in pages}
    for _ in range(max(times, TIMES)):
        for name, (url, selector) in pages.items():
            found[name].append(_load(chromium_, url, selector, width, still))
    return {name: _median(all_of) for name, all_of in found.items()}


def weighed(chromium_: Browser, url: str) -> Mapping[str, float]:
    """Return the kilobytes of each request of a page, by address.

    The cache is empty and nothing is slowed down. One run is enough, because the bytes do not vary.
    """
    context = chromium_.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2)
    page = context.new_page()
    moved = _watched(page.context.new_cdp_session(page))
    page.goto(url, wait_until="networkidle", timeout=120_000)
    context.close()
    return {address: size / 1000 for address, _, size in moved.values()}


def _load(chromium_: Browser, url: str, selector: str, width: int, still: float) -> Load:
    context = chromium_.new_context(viewport={"width": width, "height": 740}, device_scale_factor=2)
    page = context.new_page()
    session = page.context.new_cdp_session(page)
    moved = _watched(session)
    _throttle(session)
    page.add_init_script(f"({_WATCH})({selector!r})")
    page.goto(url, wait_until="load", timeout=120_000)
    page.wait_for_function("window.__seen.painted !== null", timeout=120_000, polling=50)
    page.wait_for_load_state("networkidle", timeout=120_000)
    page.wait_for_timeout(still * 1000)
    seen = page.evaluate(
        "({...window.__seen, first:"
        " performance.getEntriesByName('first-contentful-paint')[0]?.startTime || 0})"
    )
    scripted = next(
        one["value"]
        for one in session.send("Performance.getMetrics")["metrics"]
        if one["name"] == "ScriptDuration"
    )
    context.close()
    files = {url: size / 1000 for url, _, size in moved.values()}
    scripts = sum(size for _, kind, size in moved.values() if kind == "Script") / 1000
    first = seen["first"] / 1000
    painted = max(seen["painted"] / 1000, first)
    return Load(
        painted,
        first,
        seen["largest"] / 1000,
        seen["shift"],
        sum(files.values()),
        scripts,
        scripted,
        len(moved),
        files,
    )


def _throttle(session: CDPSession) -> None:
    """Slow down the network and the processor."""
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def _watched(session: CDPSession) -> dict[str, tuple[str, str, float]]:
    """Return the address, type and bytes of each request by its id, filled while the page loads."""
    moved: dict[str, tuple[str, str, float]] = {}

    def asked(event: dict[str, Any]) -> None:
        if not event["request"]["url"].startswith("data:"):
            moved[event["requestId"]] = (event["request"]["url"], event.get("type", ""), 0.0)

    def ended(event: dict[str, Any]) -> None:
        if event["requestId"] in moved:
            url, kind, _ = moved[event["requestId"]]
            moved[event["requestId"]] = (url, kind, event["encodedDataLength"])

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.loadingFinished", ended)
    session.send("Performance.enable")
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    return moved


def _median(all_of: list[Load]) -> Load:
    names = (
        "painted",
        "first",
        "largest",
        "shift",
        "kilobytes",
        "script_kilobytes",
        "scripted",
        "requests",
    )
    return replace(
        all_of[-1], **{name: median(getattr(one, name) for one in all_of) for name in names}
    )
