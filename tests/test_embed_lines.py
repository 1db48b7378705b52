"""The lines to paste name the site by its whole address, or say that nobody has told it."""

from __future__ import annotations

import re
from dataclasses import replace as changed
from html import unescape
from pathlib import Path

import pytest
from support import pages_of, replace

from build import gather
from explainer.common.problems import Problems
from explainer.options import Options
from explainer.publish.wording import Wording
from explainer.render.embeds import UNKNOWN_BASE, codes, frame_of

ADDRESS = "https://library.example/charts/"


def lines(project: Path, told: str | None) -> tuple[str, list[str], list[str]]:
    """A chart's page, the lines on it, and what the build remarks."""
    problems = Problems()
    site = gather(Options(project, project / "site", site_url=told), problems)[2]
    page = pages_of(site)["charts/loans-by-year/index.md"].decode()
    return (
        page,
        [
            unescape(line)
            for line in re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
        ],
        problems.remarks,
    )


@pytest.mark.parametrize("where", ["in mkdocs.yml", "on the command line"])
def test_an_address_makes_every_line_whole(small_project: Path, where: str) -> None:
    """With ``site_url`` in ``mkdocs.yml`` or ``--site-url``, every line can be pasted as it is, and nothing is remarked."""
    told = ADDRESS if where == "on the command line" else None
    if told is None:
        replace(small_project / "mkdocs.yml", "site_name:", f"site_url: {ADDRESS}\nsite_name:")
    page, found, remarks = lines(small_project, told)
    assert len(found) == 4
    for line in found:
        addresses = re.findall(r'(?:src|href)="([^"]*)"', line)
        assert addresses
        assert all(each.startswith(ADDRESS) for each in addresses)
    assert UNKNOWN_BASE not in page
    assert "by-hand" not in page
    assert not [each for each in remarks if "address" in each]


def test_words_of_a_catalogue_are_words(small_project: Path) -> None:
    """What a catalogue says stands in the lines for others' pages as words, whatever marks of HTML or braces it holds."""
    _, context, _ = gather(
        Options(small_project, small_project / "site", site_url=ADDRESS), Problems()
    )
    said = {"credit": "Chart <b>& {site} }{", "credit_licensed": "Chart <b>& {site} }{, {licence}"}
    catalogue = changed(context.wording.catalogue, sections={
        **context.wording.catalogue.sections, "embeds": {**context.wording.catalogue.sections["embeds"], **said}
    })  # fmt: skip
    spoken = changed(context, wording=Wording(catalogue, {}, "en"))
    table = context.tables["loans-by-year"]
    (line,) = (
        each.filled(ADDRESS, table, frame_of(context, table))
        for each in codes(spoken, table)
        if each.id == "picture"
    )
    assert "<figcaption>Chart &lt;b&gt;&amp; <a href=" in line
    assert "</a> }{, CC BY 4.0</figcaption>" in line


def test_without_one_page_and_build_say_so(small_project: Path) -> None:
    """Where nobody told the address, the lines hold one to replace, the page says so beside them, and the build says how to set it."""
    page, found, remarks = lines(small_project, None)
    assert all(UNKNOWN_BASE in line for line in found)
    assert '<p class="by-hand">' in page
    assert page.index('class="by-hand"') < page.index("<textarea")
    assert [each for each in remarks if "set site_url in mkdocs.yml, or give --site-url" in each]
