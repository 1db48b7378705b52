"""Generated projects of any size, about towns that lend books.

They have quotes in kept texts, competing claims, series, charts and pages. The same size gives the
same bytes on every machine, so two runs measure the same work.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
_SMALL = ROOT / "tests" / "cases" / "small"
_SHARED: dict[str, Any] = {"as_of": "2024-02-01", "review_by": "2034-02-01"}
_A_LIST = 50
"""The number of links in a list."""
_A_FILE = 100
"""The number of records in a file, as an editor would keep them."""


@dataclass(frozen=True)
class Size:
    """The size of a project."""

    facts: int
    charts: int
    pages: int

    @property
    def texts(self) -> int:
        """The number of kept texts, with fifty quotes each."""
        return max(1, self.facts // 50)

    @property
    def sources(self) -> int:
        """The number of sources without kept texts."""
        return max(2, self.facts // 5)


SIZES = (Size(100, 10, 20), Size(1_000, 100, 100), Size(10_000, 1_000, 500))


def write(folder: Path, size: Size) -> Path:
    """Write a project of a size into a folder that does not exist yet, and return the folder."""
    shutil.copytree(_SMALL / "site_src", folder / "site_src", ignore=shutil.ignore_patterns("*.md"))
    shutil.copy(_SMALL / "mkdocs.yml", folder / "mkdocs.yml")
    seeds = folder / "seeds"
    shutil.copytree(
        _SMALL / "seeds",
        seeds,
        ignore=shutil.ignore_patterns(
            "facts", "series", "charts", "sources", "texts", "order.yaml", "glossary.yaml"
        ),
    )
    (seeds / "texts").mkdir()
    kept = [_kept(seeds, number, size) for number in range(size.texts)]
    _records(seeds / "sources", [*kept, *(_source(number) for number in range(size.sources))])
    _records(seeds / "facts", [_fact(number, size) for number in range(size.facts)])
    _records(seeds / "series", [_series(number, size) for number in range(size.charts)])
    _records(seeds / "charts", [_chart(number) for number in range(size.charts)])
    for number in range(size.pages):
        path = folder / "site_src" / ("index.md" if number == 0 else f"page-{number}.md")
        path.write_text(_page(number, size), encoding="utf-8")
    lists = [{"All facts": "facts/index.md"}, {"All sources": "sources/index.md"}]
    nav = [
        {"In brief": "index.md"},
        *(
            {f"Page {number}": f"page-{number}/index.md"}
            for number in range(1, min(size.pages, 10))
        ),
        *lists,
    ]
    config = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    start, end = config.index("nav:"), config.index("validation:")
    (folder / "mkdocs.yml").write_text(
        config[:start] + yaml.safe_dump({"nav": nav}, sort_keys=False) + "\n" + config[end:],
        encoding="utf-8",
    )
    return folder


def value_of(number: int) -> int:
    """Return how many books the town ``number`` lends."""
    return 1_000 + number * 7


def _records(folder: Path, records: list[dict[str, Any]]) -> None:
    folder.mkdir()
    for start in range(0, len(records), _A_FILE):
        text = yaml.safe_dump(
            records[start : start + _A_FILE], allow_unicode=True, sort_keys=False, width=10**6
        )
        (folder / f"part-{start // _A_FILE:03}.yaml").write_text(text, encoding="utf-8")


def _kept(seeds: Path, number: int, size: Size) -> dict[str, Any]:
    facts = range(number, size.facts, size.texts)
    text = (
        " ".join(
            f"The library of town {fact} lent {value_of(fact):,} books in the year."
            for fact in facts
        )
        + "\n"
    )
    (seeds / "texts" / f"report-{number}.txt").write_text(text, encoding="utf-8")
    return {
        "id": f"report-{number}",
        "type": "report",
        "title": f"Report {number}",
        "publisher": "The libraries",
        "issued": "2024-01-31",
        "language": "en",
        "read": "full",
        "rights": "ours",
        "text": f"texts/report-{number}.txt",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


def _source(number: int) -> dict[str, Any]:
    return {
        "id": f"courier-{number}",
        "type": "article-newspaper",
        "title": f"Town notes, part {number}",
        "publisher": f"Courier {number % 40}",
        "url": f"https://courier.example/{number}",
        "issued": "2023-05-03",
        "language": "en",
        "read": "excerpt",
    }


def _fact(number: int, size: Size) -> dict[str, Any]:
    value = value_of(number)
    quote = {
        "source": f"report-{number % size.texts}",
        "stance": "supports",
        "quote": f"library of town {number} lent {value:,} books",
    }
    seen = {
        "source": f"courier-{number % size.sources}",
        "stance": "supports",
        "locator": f"more than {value + 500:,} books",
    }
    own = {
        "id": "report",
        "value": value,
        "said_by": "The librarians",
        "kind": "official-statement",
        "standing": "confirmed",
    }
    rival = {
        "id": "courier",
        "value": f"over {value + 500}",
        "reported_by": "The Courier",
        "kind": "media-report",
        "standing": "disputed",
    }
    claims = [
        {**own, "rank": "preferred", "why": "The library counts each loan.", "evidence": [quote]},
        {**rival, "rank": "normal", "evidence": [{**seen, "says": "Gives a higher number."}]},
    ]
    question = f"How many books does town {number} lend?"
    head = {
        "id": f"town-{number}",
        "question": question,
        "unit": "books",
        "counts": ["books"],
        **_SHARED,
    }
    return {**head, "topic": f"County {number % 20}", "claims": claims}


def _series(number: int, size: Size) -> dict[str, Any]:
    points = [
        {
            "id": f"y{year}",
            "value": 100 * (year - 1990) + number,
            "period": str(year),
            "show": "main",
            "said_by": "The librarians",
            "kind": "official-statement",
            "standing": "confirmed",
            "evidence": [
                {
                    "source": f"courier-{number % size.sources}",
                    "stance": "supports",
                    "locator": f"{100 * (year - 1990) + number} books in {year}",
                    "says": "Gives the year's number.",
                }
            ],
        }
        for year in range(2004, 2024)
    ]
    return {
        "id": f"county-{number}",
        "title": "Loans of a county",
        "unit": "books",
        "counts": ["books"],
        "definition": "lent",
        "x": "period",
        **_SHARED,
        "points": points,
    }


def _chart(number: int) -> dict[str, Any]:
    return {
        "id": f"loans-of-county-{number}",
        "kind": ("columns", "ranges", "dots")[number % 3],
        "series": [f"county-{number}"],
        "highlight": ["y2023"],
        "title": "Loans have grown",
        "subtitle": "Books lent",
        "alt": f'The libraries lent {{{{ fact("county-{number}", claim="y2023", show="unit") }}}}.',
    }


def _page(number: int, size: Size) -> str:
    facts = [f"town-{fact}" for fact in range(number, size.facts, size.pages)][:12]
    calls = "\n\n".join(
        f'A town lends {{{{ fact("{fact}", show="unit") }}}}, its librarians say.{{{{'
        f' cite("{fact}") }}}}'
        for fact in facts
    )
    charts = "\n\n".join(
        f'{{{{ chart("loans-of-county-{chart}") }}}}'
        for chart in range(number, size.charts, size.pages)
    )
    others = (
        "\n\n".join(_links(first, size) for first in range(1, size.pages, _A_LIST))
        if number == 0
        else ""
    )
    head = "---\ntitle: Some towns\ndescription: What some towns lend.\n---\n\n"
    return f"{head}# Some towns\n\n{calls}\n\n{charts}\n\n{others}\n"


def _links(first: int, size: Size) -> str:
    """Return a list of links to some pages, under a heading.

    One list of all pages would be longer than a list may be.
    """
    pages = range(first, min(first + _A_LIST, size.pages))
    return "\n".join(
        ["## Some more towns", "", *(f"- [Some towns](page-{page}.md)" for page in pages)]
    )


def change_one_fact(folder: Path) -> None:
    """Change the words about one claim in the middle of the facts.

    A second call restores the original words.
    """
    paths = sorted((folder / "seeds" / "facts").glob("*.yaml"))
    path = paths[len(paths) // 2]
    text = path.read_text(encoding="utf-8")
    old, new = ("Gives a higher number.", "Gives a far higher number.")
    old, new = (old, new) if text.find(new) < 0 else (new, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
