"""Files that describe the site to programs: ``robots.txt``, ``llms.txt`` and ``CITATION.cff``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import partial

from explainer.common.characters import one_line
from explainer.model.records import Fact
from explainer.publish.derivations import question_of
from explainer.publish.direction import without_isolates
from explainer.render.context import Context

Listed = tuple[str, str, str]
"""The path of a page below the site's root, its title and its description."""
_MARKED = re.compile(r"([\\`*_\[\]<>#|])")
_DATA = (
    ("data/ledger.json", "ledger"),
    ("data/datapackage.json", "package"),
    ("data/ledger.xlsx", "workbook"),
    ("data/ledger.zip", "zip"),
    ("data/sources.csl.json", "sources"),
    ("feed.xml", "feed"),
)
"""Files to download, each with the catalogue key of its description."""


def files(context: Context, description: str, pages: Sequence[Listed]) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each file.

    ``description`` is the site's. ``pages`` are the hand-written pages, in the order of the
    navigation.
    """
    yield "robots.txt", robots(context)
    yield "llms.txt", without_isolates(llms(context, description, pages))
    yield "CITATION.cff", without_isolates(citation(context, description))


def robots(context: Context) -> str:
    """Return ``robots.txt``. It allows everything, and names the sitemap if the address is known.

    Crawlers look for the file only at the root of a host. On a site below a sub-path it is there
    for people who look for the sitemap.
    """
    return "User-agent: *\nAllow: /\n" + (
        f"\nSitemap: {one_line(context.address)}sitemap.xml\n" if context.address else ""
    )


def llms(context: Context, description: str, pages: Sequence[Listed]) -> str:
    """Return ``llms.txt``: a Markdown list of pages, charts, questions and data files.

    The format is described at https://llmstxt.org.
    """
    charts = [(f"charts/{table.id}/", table.title, table.alt) for table in context.tables.values()]
    asked = [
        context.part("asked", name, partial(_asked, context, name))
        for name in context.ledger.holders
    ]
    say = partial(context.wording.catalogue.say, "discovery")
    data = [(path, path, say(name)) for path, name in _DATA]
    parts = [f"# {_plain(context.site_name)}", f"> {_plain(description)}", say("about")]
    for head, lines in (("pages", pages), ("charts", charts), ("questions", asked), ("data", data)):
        parts.append("\n".join([f"## {say(head)}", "", *(_line(context, *line) for line in lines)]))
    return "\n\n".join(parts) + "\n"


def citation(context: Context, description: str) -> str:
    """Return ``CITATION.cff`` in the Citation File Format 1.2.0.

    Each value is written as a JSON string, which is valid YAML.
    """
    newest = context.ledger.newest_date
    said = {
        "message": context.wording.catalogue.say("discovery", "message", site=context.site_name),
        "title": context.site_name,
        "abstract": description,
        "url": context.address,
        "license-url": context.licence.url,
        "date-released": newest.last.isoformat() if newest and newest.last else "",
    }
    lines = [
        f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in said.items() if value
    ]
    name = json.dumps(context.author or context.site_name, ensure_ascii=False)
    return (
        "\n".join(["cff-version: 1.2.0", "type: dataset", *lines, "authors:", f"  - name: {name}"])
        + "\n"
    )


def _asked(context: Context, name: str) -> Listed:
    holder = context.ledger.holders[name]
    path, question = f"facts/{name}/", question_of(holder)
    if not isinstance(holder, Fact):
        return path, question, ""
    answer = context.views.answer(holder)
    said = f"{answer.text} {answer.unit}".strip() + f" ({answer.label}: {answer.voice})"
    return path, question, said


def _line(context: Context, path: str, title: str, said: str) -> str:
    return f"- [{_plain(title)}]({context.address + path or './'})" + (
        f": {_plain(said)}" if said else ""
    )


def _plain(text: str) -> str:
    """Return text on one line, escaped so that Markdown shows it unchanged."""
    return _MARKED.sub(r"\\\1", one_line(text))
