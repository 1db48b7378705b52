"""What is renamed keeps its old address: a page that leads on without a script, and the same files under both names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import copy_small, lend, publish, replace, run

ADDRESS = "https://library.example.org/site/"


@pytest.fixture(scope="module")
def site(good: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project after it was published, with a fact, a chart, a source and a page renamed, and a fact withdrawn; built."""
    project = copy_small(tmp_path_factory.mktemp("renamed") / "project")
    publish(project, "published/1")
    seeds = project / "seeds"
    for path, old, new in (
        (seeds / "facts/library.yaml", "- id: opened\n", "- id: room-opened\n"),
        (seeds / "order.yaml", "after: opened", "after: room-opened"),
        (seeds / "charts/charts.yaml", "- id: loans-by-year\n", "- id: yearly\n"),
        (project / "site_src/index.md", '"opened", "loans-year', '"room-opened", "loans-year'),
        (
            project / "site_src/index.md",
            '## Since {{ fact("opened") }}',
            '## Since {{ fact("room-opened") }}',
        ),
        (project / "site_src/index.md", 'chart("loans-by-year")', 'chart("yearly")'),
        (project / "site_src/index.md", "(about.md)", "(the-numbers.md)"),
        (project / "mkdocs.yml", "about/index.md", "the-numbers/index.md"),
    ):
        replace(path, old, new)
    (project / "site_src/about.md").rename(project / "site_src/the-numbers.md")
    lines = (
        "facts/opened, now: facts/first",
        "facts/first, now: facts/room-opened",
        "charts/loans-by-year, now: charts/yearly",
    )
    text = "".join(f"- {{was: {line}}}\n" for line in (*lines, "about, now: the-numbers"))
    (seeds / "renamed.yaml").write_text(text, encoding="utf-8")
    done = run("--project", lend(good, project), "--site-url", ADDRESS)
    assert done.code == 0, done.said
    return project / "site"


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("facts/opened", "facts/room-opened"),
        ("facts/first", "facts/room-opened"),
        ("charts/loans-by-year", "charts/yearly"),
        ("about", "the-numbers"),
        ("explore/loans-by-year", "explore/yearly"),
    ],
)
def test_the_old_address_leads_on(site: Path, was: str, now: str) -> None:
    """The page has a policy, runs nothing, leads on at once and by a link, names the new address as its own, and what it names is there."""
    page = (site / was / "index.html").read_text(encoding="utf-8")
    root = "../" * (was.count("/") + 1)
    assert f'<meta http-equiv="refresh" content="0; url={root}{now}/">' in page
    assert f'<link rel="canonical" href="{ADDRESS}{now}/">' in page
    assert re.search(rf'<a href="{root}{now}/">[^<]+</a>', page)
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert (site / now / "index.html").is_file()


def test_files_answer_under_both_names(site: Path) -> None:
    """A fact's JSON, a chart's embed, its oEmbed answer, its data and its pictures are the same to the byte under the old name."""
    pairs = [
        ("facts/opened.json", "facts/room-opened.json"),
        ("embed/loans-by-year/index.html", "embed/yearly/index.html"),
    ]
    pairs += [
        (f"data/charts/loans-by-year.{kind}", f"data/charts/yearly.{kind}")
        for kind in ("csv", "xlsx", "json", "svg", "png", "zip")
    ]
    for old, new in [*pairs, ("oembed/loans-by-year.json", "oembed/yearly.json")]:
        assert (site / old).read_bytes() == (site / new).read_bytes(), old


def test_the_sitemap_names_the_new_ones_alone(site: Path) -> None:
    """Search engines are told of what stands, not of what leads on."""
    text = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert f"{ADDRESS}the-numbers/" in text
    assert f"{ADDRESS}about/" not in text


def test_a_withdrawn_fact_leads_to_its_entry(good: Path, tmp_path: Path) -> None:
    """A fact that is no longer said at all leaves a page that leads to the entry which tells why."""
    project = lend(good, copy_small(tmp_path / "project"))
    entry = """\
- {id: gone, class: withdrawal, fact: floors, old: 17 floors, cause: Nobody bears it out., found: At a review., fixed: '2024-02-02', effect: None.}
"""
    (project / "seeds/corrections.yaml").write_text(entry, encoding="utf-8")
    done = run("--project", project)
    assert done.code == 0, done.said
    page = (project / "site/facts/floors/index.html").read_text(encoding="utf-8")
    assert 'content="0; url=../../corrections/#gone"' in page
