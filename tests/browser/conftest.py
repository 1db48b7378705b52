"""One build of the real project, one server and one Chromium for all tests of a worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser.browsing import SUB_PATH, Watched, build_real, launched, served
from playwright.sync_api import Browser, BrowserContext, Page
from support import once


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, so that ``-m 'not browser'`` leaves it out."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    with launched() as started:
        yield started


@pytest.fixture(scope="session")
def www(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that is served: the real project, built from a copy, under a sub-path."""
    return once(tmp_path_factory, "real", build_real) / "www"


@pytest.fixture(scope="session")
def site(www: Path) -> Path:
    """The files of the finished site."""
    return www / SUB_PATH


@pytest.fixture(scope="session")
def base(www: Path) -> Iterator[str]:
    """The address of the finished site."""
    with served(www) as address:
        yield address


@pytest.fixture(scope="session")
def quick(www: Path) -> Iterator[str]:
    """The address of the same site, whose search knows no words."""
    with served(www, searched=False) as address:
        yield address


@pytest.fixture(scope="session")
def readers(browser: Browser, quick: str) -> Iterator[Callable[..., BrowserContext]]:
    """Browsers of readers with these options, who have a page of the site open already: with the theme's scripts at hand a page costs half."""
    known: dict[str, BrowserContext] = {}

    def reader(**options: Any) -> BrowserContext:
        key = repr(sorted(options.items()))
        if key not in known:
            known[key] = browser.new_context(**options)
            known[key].new_page().goto(quick)
        return known[key]

    yield reader
    for context in known.values():
        context.close()


@pytest.fixture(scope="session")
def empty_pages() -> dict[str, list[Page]]:
    """Pages that tests have left empty, by the options of their readers: to open a new one takes longer than to load a page."""
    return {}


@pytest.fixture
def visit(
    readers: Callable[..., BrowserContext],
    empty_pages: dict[str, list[Page]],
    base: str,
    quick: str,
) -> Iterator[Callable[..., Watched]]:
    """Opens a watched page: ``visit(width=360, color_scheme="dark")``; what went wrong in any of them fails the test.

    With ``searched=True`` its search knows the words of the site. After the test a page is emptied, and what it has noted about its
    reader is forgotten; it is closed if ``closed=True``, which a test asks for that gives a page what it could not lose.
    """
    made: list[tuple[Watched, dict[str, Any], bool]] = []

    def open_one(
        width: int = 1280,
        height: int = 900,
        *,
        searched: bool = False,
        closed: bool = False,
        **options: Any,
    ) -> Watched:
        empty = [] if closed else empty_pages.setdefault(repr(sorted(options.items())), [])
        again = bool(empty)
        page = empty.pop() if again else readers(**options).new_page()
        page.set_viewport_size({"width": width, "height": height})
        watched = Watched(
            page,
            base if searched else quick,
            scripts=options.get("java_script_enabled", True),
            again=again,
        )
        made.append((watched, options, closed))
        return watched

    yield open_one
    for watched, _, _ in made:
        watched.settle()
    faults = [fault for watched, _, _ in made for fault in watched.faults]
    for watched, options, closed in made:
        watched.forget(options)
        if closed:
            watched.page.close()
        else:
            empty_pages[repr(sorted(options.items()))].append(watched.page)
    assert not faults, "\n".join(dict.fromkeys(faults))
