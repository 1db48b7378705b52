"""How programs find their way: robots.txt, llms.txt, the citation file, and the feeds, read by code that is not ours."""

from __future__ import annotations

import re
from urllib.robotparser import RobotFileParser

import jsonschema
import pytest
import yaml
from check_jsonschema.builtin_schemas import get_builtin_schema
from markdown import markdown
from support import ROOT, pages_of
from test_linked_data import ADDRESS, worked_out


def text(path: str, address: str = ADDRESS) -> str:
    """A file of the small project's site."""
    return worked_out(address=address)[1].files[path].decode()


def test_robots_may_read_everything() -> None:
    """The standard library's reader finds no page forbidden, and the sitemap's address, below a sub-path too."""
    robots = RobotFileParser()
    robots.parse(text("robots.txt").splitlines())
    assert robots.can_fetch("*", f"{ADDRESS}facts/monthly-loans/")
    assert robots.site_maps() == [f"{ADDRESS}sitemap.xml"]
    assert "Sitemap" not in text("robots.txt", "")


@pytest.mark.parametrize("address", [ADDRESS, ""])
def test_llms_txt_leads_to_what_is_there(address: str) -> None:
    """It begins with the site's name and description, and every link of it leads to a page or a file of the site."""
    site = worked_out(address=address)[1]
    html = markdown(text("llms.txt", address))
    assert html.startswith(
        "<h1>The Alder Bridge library</h1>\n<blockquote>\n<p>What a town library lends, and who says so.</p>"
    )
    links = re.findall(r'href="([^"]*)"', html)
    assert len(links) > 15
    for link in links:
        assert link.startswith(address)
        path = link.removeprefix(address).removeprefix("./")
        assert path in site.files or f"{path}index.md" in pages_of(site), link
    assert "How many books does the library lend in each month?" in html
    assert "1,200 to 1,500 books a month" in html


@pytest.mark.parametrize("where", ["repository", "site", "site without an address"])
def test_the_citation_file_is_valid(where: str) -> None:
    """The Citation File Format's own schema, as check-jsonschema ships it, finds no fault; the site's says what the ledger says."""
    said = (
        (ROOT / "CITATION.cff").read_text(encoding="utf-8")
        if where == "repository"
        else text("CITATION.cff", ADDRESS * (where == "site"))
    )
    record = yaml.load(said, Loader=yaml.BaseLoader)
    jsonschema.validate(record, get_builtin_schema("vendor.citation-file-format"))
    if where != "repository":
        assert (record["title"], record["date-released"]) == (
            "The Alder Bridge library",
            "2024-06-01",
        )
        assert record.get("url", "") == ADDRESS * (where == "site")
