"""The address that a site is told: in one form on every page, or refused with what to write."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import copy_small, lend, replace, run

from explainer.common.addresses import BadAddress, site_address

BAD = {
    "https://example.org/x?y=1": "query",
    "https://example.org/?": "query",
    "https://example.org/x#part": "fragment",
    "https://example.org/a b/": "white space",
    " https://example.org/": "white space",
    "https://example.org/a\u00a0b/": "white space",
    "https://example.org\\x": "backslash",
    "example.org/x": "https://",
    "//example.org/x": "https://",
    "ftp://example.org/": "https://",
    "javascript:alert(1)": "https://",
    "https://example.org/\udce9/": "no address",
    "https://": "host",
    "https:///x/": "host",
    "https://user:word@example.org/": "user",
    "https://example.org:99999/": "Port",
    "https://exa<b>mple.org/": "host",
    "https://example.org/a/../b/": "'..'",
}
"""Addresses at which no site can stand, and what the message must name."""
GOOD = {
    "https://example.org": "https://example.org/",
    "HTTP://Example.org:8080/x": "http://example.org:8080/x/",
    "https://example.org/a%20b/": "https://example.org/a%20b/",
    "https://example.org/100%/": "https://example.org/100%25/",
    "https://example.org/вибір/": "https://example.org/%D0%B2%D0%B8%D0%B1%D1%96%D1%80/",
    "https://example.org/选/é": "https://example.org/%E9%80%89/%C3%A9/",
    "https://приклад.укр/": "https://xn--80aikifvh.xn--j1amh/",
    "http://[::1]:8000/x//": "http://[::1]:8000/x/",
    'https://example.org/"&copy/': "https://example.org/%22%26copy/",
}


@pytest.mark.parametrize("address", BAD)
def test_a_bad_address_is_refused_where_it_stands(address: str, small_project: Path) -> None:
    """On the command line the message names the option and is wrong usage; in ``mkdocs.yml`` it names the line. Both say what to write."""
    told = run("check", "--project", small_project, "--site-url", address)
    assert told.code == 2, told.said
    assert "--site-url" in told.said
    assert BAD[address] in told.said
    assert "write https://example.org/" in told.said or "write the folder" in told.said
    assert "mkdocs.yml" not in told.said
    if "\udce9" in address:  # what a shell passes on of another encoding cannot stand in a file
        return
    quoted = address.replace("'", "''")
    replace(small_project / "mkdocs.yml", "theme:", f"site_url: '{quoted}'\ntheme:")
    line = (small_project / "mkdocs.yml").read_text(encoding="utf-8").split("\n").index(
        f"site_url: '{quoted}'"
    ) + 1
    told = run("check", "--project", small_project)
    assert told.code == 1, told.said
    assert f"mkdocs.yml:{line}:11: engine-config: site_url: " in told.said
    assert BAD[address] in told.said


@pytest.mark.parametrize("address", GOOD)
def test_an_address_has_one_form(address: str) -> None:
    """It is as browsers send it and ends with a slash; what has that form stays."""
    assert site_address(address) == GOOD[address]
    assert site_address(GOOD[address]) == GOOD[address]


@given(st.text(max_size=30))
def test_any_address_is_plain_or_refused(text: str) -> None:
    """Whatever is written, what is accepted is ASCII, and holds nothing that ends an attribute or begins a query."""
    try:
        found = site_address(f"https://example.org/{text}")
    except BadAddress:
        return
    assert re.fullmatch(r"https://example\.org/[\w/%:@!$()*+,;=~.-]*", found, re.ASCII)
    assert found.endswith("/")


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_pages_name_it_in_that_form(engine: str, good: Path, tmp_path: Path) -> None:
    """The sitemap, the canonical address, those for sharing and the references name an address in Ukrainian as browsers send it."""
    project = lend(good, copy_small(tmp_path / "project"))
    replace(project / "mkdocs.yml", "theme:", "site_url: https://example.org/вибір\ntheme:")
    done = run("--project", project, "--engine", engine)
    assert done.code == 0, done.said
    base, site = "https://example.org/%D0%B2%D0%B8%D0%B1%D1%96%D1%80/", project / "site"
    page = (site / "about" / "index.html").read_text(encoding="utf-8")
    named = re.findall(
        r'(?:rel="?canonical"? href=|og:url"? content=|og:image"? content=|citation_public_url"? content=)"?([^"\s>]+)',
        page,
    )
    assert len(named) == 4, named
    assert all(each.startswith(base) for each in named), named
    assert f"<loc>{base}about/</loc>" in (site / "sitemap.xml").read_text(encoding="utf-8")
    assert f"{base}about/" in (site / "about" / "cite.bib").read_text(encoding="utf-8").replace(
        "\\", ""
    )
