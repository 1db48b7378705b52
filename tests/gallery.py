"""Every kind of chart with ordinary and with hard data: a project made from ``cases/gallery/``, one file of rows a case.

``python tests/gallery.py FOLDER`` builds it there; ``make gallery`` builds it for the eye.
"""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path

import yaml
from support import CASES, copy_small, run, table

from explainer.model.edtf import iso_year
from explainer.render.charts import KINDS

DATA = CASES / "gallery"
_SUFFIX = {"timeline": "-dates", "steps": "-course"}
"""Which of a case's series a kind of chart draws: its dates, or the one whose points all count alike."""
Rows = list[tuple[str, ...]]


def shapes() -> dict[str, Rows]:
    """The rows of each case, by its name."""
    return {path.stem: table(path) for path in sorted(DATA.glob("*.tsv"))}


def project(
    folder: Path,
    drawn: dict[str, Rows] | None = None,
    only: Collection[tuple[str, str]] | None = None,
) -> Path:
    """A project at ``folder`` that has a chart of every kind for every case, or for the given rows, all on the page ``gallery.md``.

    ``only`` names the kinds and cases that it has charts of, where it is not to have all.
    """
    copy_small(folder)
    drawn = drawn or shapes()
    wanted = [pair for pair in pairs(drawn) if only is None or pair in only]
    series = [
        _series(name, rows, dated=dated) for name, rows in drawn.items() for dated in (False, True)
    ]
    series += [
        _series(name, [(*row[:4], "", row[5]) for row in rows], dated=False, own="course")
        for name, rows in drawn.items()
    ]
    charts = [_chart(kind, name, drawn[name]) for kind, name in wanted]
    for room, records in (("series", series), ("charts", charts)):
        text = yaml.dump(records, allow_unicode=True, sort_keys=False, width=10**6)
        (folder / "seeds" / room / "gallery.yaml").write_text(text, encoding="utf-8")
    page = folder / "site_src" / "gallery.md"
    page.write_text(_page(wanted), encoding="utf-8")
    return folder


def pairs(drawn: dict[str, Rows]) -> list[tuple[str, str]]:
    """Each kind of chart with each case that it can show: a course needs two points."""
    return [
        (kind, name)
        for kind in KINDS
        for name, rows in drawn.items()
        if kind != "steps" or len(rows) > 1
    ]


def _page(wanted: list[tuple[str, str]]) -> str:
    head = "---\ntitle: Gallery of charts\ndescription: Every kind of chart with ordinary and with hard data.\n---\n\n"
    parts = [
        f"## {kind}\n\n"
        + "\n\n".join(f'{{{{ chart("{kind}-{name}") }}}}' for of, name in wanted if of == kind)
        for kind in KINDS
    ]
    return head + "\n\n".join(parts) + "\n"


def _series(name: str, rows: Rows, *, dated: bool, own: str = "") -> dict[str, object]:
    head = {"id": f"{name}-dates"} if dated else {"id": f"{name}-{own}".strip("-"), "unit": "books"}
    about = {
        "title": f"Gallery of {name}", "counts": ["loans"], "definition": "lent",
        "x": "date" if dated else "period", "as_of": "2024-02-01", "review_by": "2034-02-01", "topic": "Loans",
    }  # fmt: skip
    return {
        **head,
        **about,
        "points": [
            _point(f"{head['id']} {_letters(index)}", index, row, dated=dated)
            for index, row in enumerate(rows, 1)
        ],
    }


def _point(place: str, index: int, row: tuple[str, ...], *, dated: bool) -> dict[str, object]:
    value, period, said_by, group, basis, label = row
    own = (
        {"date": f"{period}-03-01", "act": ("decree", "law", "bill")[index % 3]}
        if dated
        else {"value": value, "period": period}
    )
    if dated and index % 2:
        own["until"] = f"{iso_year(int(period) + 1)}-09-01"
    words = {
        key: text
        for key, text in {
            "basis": basis,
            "label": label or (f"Event {_letters(index)}" if dated else ""),
        }.items()
        if text
    }
    return {
        "id": f"p{index}", **own, **words, "show": "main", "said_by": said_by, "group": group, "kind": "official-statement",
        "evidence": [{"source": "courier", "stance": "supports", "locator": place, "says": " ".join(("Stands for any source.", *words.values()))}],
    }  # fmt: skip


def _letters(index: int) -> str:
    """A name for each of many: a, b … z, aa, ab …; no number, which would have to be borne out."""
    return (_letters((index - 1) // 26) if index > 26 else "") + "abcdefghijklmnopqrstuvwxyz"[
        (index - 1) % 26
    ]


def _chart(kind: str, name: str, rows: Rows) -> dict[str, object]:
    return {
        "id": f"{kind}-{name}", "kind": kind, "series": [f"{name}{_SUFFIX.get(kind, '')}"], "highlight": [f"p{len(rows)}"],
        "title": f"As {kind}: {name}", "subtitle": "Books", "alt": "A case of the gallery.", "notes": [{"at": "p1", "text": "Noted here"}],
    }  # fmt: skip


if __name__ == "__main__":
    made = project(Path(sys.argv[1]) / "project")
    done = run("--project", made, "--output", made.parent / "site")
    print(done.said)
    sys.exit(done.code)
