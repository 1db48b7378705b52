"""A project that consists of quotes: thousands of claims in long kept texts.

Every sentence of the texts is quoted or set aside.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any, Final

import yaml

_SMALL: Final = Path(__file__).resolve().parent.parent / "tests" / "cases" / "small"
_SERIES, _POINTS = 10, 20
"""The number of series that quote one text, and of points in each."""
_FILLER: Final = (
    "Nobody who came through the door that winter would have said that the “warm” room was"
    " any-\nthing but full, and the café’s lamp, which the Bürgermeister had lent, burned until the"
    " last of them had gone home. "
)


def write(folder: Path, texts: int, size: int) -> Path:
    """Write a project of ``texts`` texts, each with ``size`` characters and 200 quoted claims."""
    config = (_SMALL / "mkdocs.yml").read_text(encoding="utf-8")
    nav = "nav:\n  - Loans: index.md\n"
    seeds = folder / "seeds"
    for name in ("sources", "series", "texts", "coverage"):
        (seeds / name).mkdir(parents=True)
    shutil.copy(_SMALL / "seeds" / "definitions.yaml", seeds / "definitions.yaml")
    page = (
        "---\ntitle: Loans\ndescription: What the libraries lend.\n---\n\n# Loans\n\nThe lists are"
        " long.\n"
    )
    (folder / "site_src").mkdir()
    (folder / "site_src" / "index.md").write_text(page, encoding="utf-8")
    config = config[: config.index("nav:")] + nav + config[config.index("validation:") :]
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    for number in range(texts):
        _one(seeds, number, size)
    return folder


def _one(seeds: Path, number: int, size: int) -> None:
    """Write one text with its source, its claims and the list of what is set aside."""
    out, lines, series = [], [], []
    fill = size // _SERIES - _POINTS * 75
    for part in range(_SERIES):
        town = number * _SERIES + part
        out += [
            f"In {2000 + year} the library of {_name(town)} lent {_lent(town, year):,} books. "
            for year in range(_POINTS)
        ]
        winter, ended = f"The winter of {_name(town)}", f"And so it ended in {_name(town)}"
        out.append(f"\n\n{winter} was long. {_FILLER * (fill // len(_FILLER))}\n\n{ended}.\n\n")
        lines.append({"begins": winter, "through": ended, "reason": "opinion"})
        series.append(_series(number, town))
    text = "".join(out)
    (seeds / "texts" / f"report-{number}.txt").write_text(text, encoding="utf-8")
    source = {
        "id": f"report-{number}",
        "type": "report",
        "title": f"Number {number} of the yearly reports",
        "publisher": "The libraries",
        "language": "en",
        "read": "full",
        "rights": "ours",
        "text": f"texts/report-{number}.txt",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    _dump(seeds / "sources" / f"report-{number}.yaml", [source])
    _dump(seeds / "series" / f"report-{number}.yaml", series)
    _dump(
        seeds / "coverage" / f"report-{number}.yaml",
        {"source": f"report-{number}", "set_aside": lines},
    )


def _name(town: int) -> str:
    """Return a town's name; it has letters only, so the text has no number without a claim."""
    return "".join(chr(ord("a") + int(digit)) for digit in f"{town:04}").capitalize() + "ham"


def _lent(town: int, year: int) -> int:
    return 1_000 + town * 37 + year * 11


def _series(number: int, town: int) -> dict[str, Any]:
    points = [
        {
            "id": f"y{2000 + year}",
            "value": _lent(town, year),
            "period": str(2000 + year),
            "show": "main",
            "said_by": "The librarians",
            "kind": "official-statement",
            "standing": "confirmed",
            "evidence": [
                {
                    "source": f"report-{number}",
                    "stance": "supports",
                    "quote": (
                        f"In {2000 + year} the library of {_name(town)} lent {_lent(town, year):,}"
                        " books"
                    ),
                }
            ],
        }
        for year in range(_POINTS)
    ]
    return {
        "id": f"town-{town}",
        "title": f"Loans of {_name(town)}",
        "unit": "books",
        "counts": ["books"],
        "definition": "lent",
        "x": "period",
        "as_of": "2024-02-01",
        "review_by": "2034-02-01",
        "points": points,
    }


def _dump(path: Path, records: object) -> None:
    path.write_text(
        yaml.safe_dump(records, allow_unicode=True, sort_keys=False, width=10**6), encoding="utf-8"
    )
