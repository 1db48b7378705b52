"""What is published of one fact or series, and of all sources, in each form: pieces of files that need not be made again one by one.

They are UTF-8 already: as texts, those of ten thousand facts would take twice the memory, and have to be written out once more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from explainer.context import Context
from explainer.exports import gather, package
from explainer.exports.claim_shape import Out
from explainer.exports.written import json_text
from explainer.references.bibtex import bibtex
from explainer.references.csl import item
from explainer.references.ris import ris
from explainer.stored import stored


@stored
@dataclass(frozen=True)
class Question:
    """One fact or series."""

    record: bytes
    """Its record in ``ledger.json``, indented as it stands there."""
    rows: dict[str, bytes]
    """Its rows of each table, as CSV, by the table's name."""


@stored
@dataclass(frozen=True)
class Sources:
    """All sources."""

    records: tuple[bytes, ...]
    """Their records in ``ledger.json``, indented as they stand there."""
    rows: bytes
    """Their rows of the table of sources, as CSV."""
    described: tuple[dict[str, str], ...]
    """As a Data Package lists what it comes from."""
    files: dict[str, bytes]
    """Files for other people's libraries, by name."""


def of_question(context: Context, name: str) -> Question:
    """One fact or series, by its id."""
    found = gather.question(context, name)
    return Question(_indented(found), package.rows_of(found))


def of_sources(context: Context) -> Sources:
    """All sources, in the order of the seeds."""
    records = list(context.ledger.sources.values())
    out, items = [gather.source(each) for each in records], [item(each, context.wording.catalogue) for each in records]
    files = {
        "sources.csl.json": json_text(items) + "\n",
        "sources.bib": bibtex(items),
        "sources.ris": ris(items),
    }
    described = tuple(map(package.described, out))
    return Sources(tuple(map(_indented, out)), package.rows(out), described, {name: text.encode() for name, text in files.items()})


def record_text(record: Out) -> str:
    """A published record as JSON."""
    return json_text(record.model_dump(by_alias=True, exclude_none=True))


def put_together(empty: Out, **lists: Sequence[bytes]) -> bytes:
    """A record as JSON with its empty lists, its last members, filled with records that are written."""
    text = record_text(empty) + "\n"
    end = ",\n".join(f' "{name}": []' for name in lists) + "\n}\n"
    if not text.endswith(end):
        raise ValueError(f"{', '.join(lists)} are not empty, or not the last members")
    filled = (_filled(name, records) for name, records in lists.items())
    return b"".join((text.removesuffix(end).encode(), b",\n".join(filled), b"\n}\n"))


def _filled(name: str, records: Sequence[bytes]) -> bytes:
    """A member that is a list."""
    return b"".join((f' "{name}": '.encode(), *((b"[\n", b",\n".join(records), b"\n ]") if records else (b"[]",))))


def _indented(record: Out) -> bytes:
    text = record_text(record)
    return ("  " + text.replace("\n", "\n  ")).encode()  # no text in it holds a line feed that is not written \n
