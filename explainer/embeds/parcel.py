"""``/data/charts/<id>.zip``: a chart's data and pictures in one file, with a README, a citation and the licence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from explainer.archives import zipped
from explainer.context import Context
from explainer.embeds.words import words_of
from explainer.exports.downloads import COLUMNS
from explainer.tables import Table

_KINDS: Final = {
    "csv": "the data as a table, UTF-8, one row a claim",
    "json": "the same for programs",
    "svg": "the chart as a drawing",
    "png": "the chart as a picture",
}


def parcel(context: Context, table: Table, files: Mapping[str, bytes]) -> bytes:
    """The zip."""
    contents = {f"{table.id}.{kind}": files[f"data/charts/{table.id}.{kind}"] for kind in _KINDS}
    contents |= {"README.txt": _readme(context, table), "CITATION.txt": _citation(context, table), "LICENCE.txt": _licence(context)}
    return zipped(table.id, contents)


def _readme(context: Context, table: Table) -> bytes:
    words = words_of(context, table, today=context.today)
    notes = [f"{each.head} {each.text}" for each in words.corrected]
    lines = [
        table.title, table.subtitle, "", table.alt, *filter(None, [table.caption]), "",
        *(f"{table.id}.{kind}: {about}" for kind, about in _KINDS.items()), "",
        f"Columns of the table: {', '.join(COLUMNS)}. 'claim' is the claim's own page below the site's address;",
        "'low' and 'high' are the ends of what the value allows, empty where nobody has stated them.", "",
        f"{words.fresh} {words.overdue}".strip(), *notes, "", "Sources:", *(f"- {name}" for _, name in table.sources), "",
        f"Where each number comes from: {_page(context, table)}",
    ]  # fmt: skip
    return _text(lines)


def _citation(context: Context, table: Table) -> bytes:
    fresh = words_of(context, table, today=None).fresh
    key, title, site = table.id.replace("-", "_"), _braced(table.title), _braced(context.site_name)
    fields = [("title", title), ("howpublished", site), ("note", _braced(fresh)), ("url", _page(context, table))]
    entry = [f"@misc{{{key},", *(f"  {name} = {{{value}}}," for name, value in fields), "}"]
    return _text([f"{context.site_name}, “{table.title}”. {fresh} {_page(context, table)}", "", *entry])


def _licence(context: Context) -> bytes:
    if not context.licence.name:
        return _text(["No licence is named for these files. Ask before you publish them."])
    name, url = context.licence.name, context.licence.url
    return _text([
        f"{context.site_name} publishes these files under {name}.", url, "",
        f"Name {context.site_name} and link to the chart’s page. Words quoted from a source remain its own.",
    ])  # fmt: skip


def _page(context: Context, table: Table) -> str:
    return f"{context.address}charts/{table.id}/"


def _braced(text: str) -> str:
    """A text in which BibTeX finds no markup of its own."""
    return "".join(f"\\{ch}" if ch in "{}&%$#_" else ch for ch in text)


def _text(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()
