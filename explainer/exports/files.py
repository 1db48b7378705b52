"""Everything of the ledger that is published below ``/data/`` for machines, by path."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache

from explainer.archives import zipped
from explainer.context import Context
from explainer.exports import gather, package
from explainer.exports.claim_shape import Out
from explainer.exports.fact_shape import FactOut
from explainer.exports.shape import LedgerOut
from explainer.references.bibtex import bibtex
from explainer.references.csl import item
from explainer.references.ris import ris


def files(context: Context) -> Iterator[tuple[str, str | bytes]]:
    """The ledger, its schema, its tables with their description, the sources as references, and all of it in one zip."""
    ledger = gather.ledger_of(context)
    items = [item(source) for source in context.ledger.sources.values()]
    made = {
        "ledger.json": ledger.model_dump_json(by_alias=True, exclude_none=True, indent=1) + "\n",
        "ledger.schema.json": _json(schema()),
        "fact.schema.json": _json(schema(FactOut)),
        "sources.csl.json": _json(items),
        "sources.bib": bibtex(items),
        "sources.ris": ris(items),
        **package.files(ledger, context.site_name, f"Every claim of “{context.site_name}”, with its sources.", context.licence.url),
    }
    yield from ((f"data/{name}", text) for name, text in made.items())
    yield "data/ledger.zip", zipped("ledger", {name: text.encode() for name, text in made.items()})


@cache
def schema(of: type[Out] = LedgerOut) -> dict[str, object]:
    """The JSON Schema of ``ledger.json``, or of another published record."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **of.model_json_schema(by_alias=True)}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
