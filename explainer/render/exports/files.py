"""The files of the ledger below ``/data/``, for programs."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from functools import partial
from typing import Final

from explainer.common.archives import zipped
from explainer.render.context import Context
from explainer.render.exports import package, records
from explainer.render.exports.downloads import day_made
from explainer.render.exports.machine_values import json_text
from explainer.render.exports.records import of_question, of_sources, put_together
from explainer.render.exports.shapes import FactOut, LedgerOut, Out

NAMES: Final = (
    "ledger.json", "ledger.schema.json", "fact.schema.json", "sources.csl.json", "sources.bib", "sources.ris", "questions.csv",
    "claims.csv", "evidence.csv", "sources.csv", "ledger.xlsx", "datapackage.json", "ledger.zip",
)  # fmt: skip
"""The names of the files, in the order in which they are published."""


def files(context: Context) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the content of each file.

    They are the ledger, the schemas, the tables with their description, the sources as references,
    and one zip archive of all these. In a check every file is empty.
    """
    yield from _made(context) if context.whole else ((f"data/{name}", b"") for name in NAMES)


def _made(context: Context) -> Iterator[tuple[str, bytes]]:
    questions = [context.part("question", name, partial(of_question, context, name)) for name in context.ledger.holders]
    sources = context.part("sources", "", partial(of_sources, context))
    rows = {name: b"".join(each.rows[name] for each in questions) for name in package.OF_QUESTIONS} | {package.SOURCES: sources.rows}
    about = package.About(context.site_name, f"Every claim of “{context.site_name}”, with its sources.", context.licence, day_made(context))
    made = {
        "ledger.json": put_together(records.frame_of(context), questions=[each.record for each in questions], sources=sources.records),
        "ledger.schema.json": context.cache.text("schema", "ledger", lambda: _json(schema())).encode(),
        "fact.schema.json": context.cache.text("schema", "fact", lambda: _json(schema(FactOut))).encode(),
        **sources.files,
        **package.files(rows, sources.described, about),
    }
    del questions, rows  # free memory: the files have copies, and the archive copies them again
    yield from ((f"data/{name}", data) for name, data in made.items())
    yield "data/ledger.zip", zipped("ledger", made)


@functools.cache
def schema(of: type[Out] = LedgerOut) -> dict[str, object]:
    """Return the JSON Schema of ``ledger.json``, or of another published record."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **of.model_json_schema(by_alias=True)}


def _json(value: object) -> str:
    return json_text(value) + "\n"
