"""``/data/charts/<id>.zip``: a chart's data and pictures in one file, with a README, a citation and the licence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from explainer.archives import zipped
from explainer.characters import one_line
from explainer.context import Context
from explainer.dated import dates_of_chart
from explainer.embeds.words import words_of
from explainer.exports import gather, package
from explainer.exports.downloads import columns_of
from explainer.references.bibtex import bibtex
from explainer.references.own import Work, cited, item_of
from explainer.tables import Table
from explainer.wording.direction import unmarked

_KINDS: Final = ("csv", "xlsx", "json", "svg", "png")


def parcelled(name: str) -> list[str]:
    """The files of a chart that are put into its parcel, by path."""
    return [f"data/charts/{name}.{kind}" for kind in _KINDS]


def parcel(context: Context, table: Table, files: Mapping[str, bytes]) -> bytes:
    """The zip."""
    contents = {path.rpartition("/")[2]: files[path] for path in parcelled(table.id)}
    contents["datapackage.json"] = package.of_chart(table, contents[f"{table.id}.csv"], context.licence, _sources(context, table))
    contents |= {"README.txt": _readme(context, table), "CITATION.txt": _citation(context, table), "LICENCE.txt": _licence(context)}
    return zipped(table.id, contents)


def _sources(context: Context, table: Table) -> list[dict[str, str]]:
    """The chart's sources, as a package lists what it comes from."""
    return [package.described(gather.source(context.ledger.sources[name])) for name, _ in table.sources]


def _readme(context: Context, table: Table) -> bytes:
    words, say = words_of(context, table, today=context.today), context.wording.catalogue.say
    notes = [f"{each.head} {each.text}" for each in words.corrected]
    lines = [
        table.title, table.subtitle, "", table.alt, *filter(None, [table.caption]), "",
        *(f"{table.id}.{kind}: {say('embeds', kind)}" for kind in _KINDS), f"datapackage.json: {say('embeds', 'schema')}", "",
        say("embeds", "columns", columns=", ".join(column.name for column in columns_of(table))), say("embeds", "ends"), "",
        f"{words.fresh} {words.overdue}".strip(), *notes, "", words.source_label, *(f"- {name}" for _, name in table.sources), "",
        say("embeds", "each_number", page=_page(context, table)),
    ]  # fmt: skip
    return _text([one_line(line) for line in lines])


def _citation(context: Context, table: Table) -> bytes:
    """The chart's page in each citation style, and the entry of its ``cite.bib``."""
    issued = dates_of_chart(context, table.id).cited
    work = Work(f"charts/{table.id}/", table.title, issued, context.wording.language)
    lines = [line for style, text in cited(context, work).items() for line in (style, text.striptags(), "")]
    return _text([*lines, bibtex([item_of(context, work)]).rstrip("\n")])


def _licence(context: Context) -> bytes:
    say = context.wording.catalogue.say
    if not context.licence.name:
        return _text([say("embeds", "no_licence")])
    name, url = context.licence.name, context.licence.url
    site = context.site_name
    return _text([say("embeds", "licensed", site=site, licence=name), url, "", say("embeds", "attribution", site=site)])


def _page(context: Context, table: Table) -> str:
    return f"{context.address}charts/{table.id}/"


def _text(lines: list[str]) -> bytes:
    return unmarked("\n".join(lines) + "\n").encode()
