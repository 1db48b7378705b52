"""The files of the ledger below ``/data/``, for programs."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from functools import partial
from typing import Final

from explainer.common.archives import build_zip
from explainer.model.records import json_schema
from explainer.render.context import Context
from explainer.render.exports import data_package, records
from explainer.render.exports.downloads import created_on
from explainer.render.exports.machine_values import dump_json
from explainer.render.exports.records import fill_lists, question_pieces, source_pieces
from explainer.render.exports.schemas import FactOut, LedgerOut, PublishedRecord

NAMES: Final = (
    "ledger.json",
    "ledger.schema.json",
    "fact.schema.json",
    "sources.csl.json",
    "sources.bib",
    "sources.ris",
    "questions.csv",
    "claims.csv",
    "evidence.csv",
    "sources.csv",
    "ledger.xlsx",
    "datapackage.json",
    "ledger.zip",
)
"""The names of the files, in the order in which they are published."""


def files(context: Context) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the content of each file.

    They are the ledger, the schemas, the tables with their description, the sources as references,
    and one zip archive of all these. In a check every file is empty.
    """
    yield from _made(context) if context.whole else ((f"data/{name}", b"") for name in NAMES)


def _made(context: Context) -> Iterator[tuple[str, bytes]]:
    questions = [
        context.part("question", name, partial(question_pieces, context, name))
        for name in context.ledger.holders
    ]
    sources = context.part("sources", "", partial(source_pieces, context))
    rows = {
        name: b"".join(each.rows[name] for each in questions) for name in data_package.OF_QUESTIONS
    } | {data_package.SOURCES: sources.rows}
    about = data_package.PackageMetadata(
        context.site_name,
        f"Every claim of “{context.site_name}”, with its sources.",
        context.licence,
        created_on(context),
    )
    made = {
        "ledger.json": fill_lists(
            records.empty_ledger_record(context),
            questions=[each.record for each in questions],
            sources=sources.records,
        ),
        "ledger.schema.json": (
            context.cache.text("schema", "ledger", lambda: _json(schema())).encode()
        ),
        "fact.schema.json": (
            context.cache.text("schema", "fact", lambda: _json(schema(FactOut))).encode()
        ),
        **sources.files,
        **data_package.files(rows, sources.described, about),
    }
    del questions, rows  # free memory: the files have copies, and the archive copies them again
    yield from ((f"data/{name}", data) for name, data in made.items())
    yield "data/ledger.zip", build_zip("ledger", made)


@functools.cache
def schema(of: type[PublishedRecord] = LedgerOut) -> dict[str, object]:
    """Return the JSON Schema of ``ledger.json``, or of another published record."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **json_schema(of),
    }


def _json(value: object) -> str:
    return dump_json(value) + "\n"
