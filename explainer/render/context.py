"""The context with which all pages are made: ledger, wording, views, templates and drawings."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, Literal, cast

from markupsafe import Markup

from explainer.check.support import sizes
from explainer.common.problems import Place, Problems
from explainer.common.suggestions import did_you_mean
from explainer.history.editions import Edition
from explainer.incremental.cache import Cache, CachedBytes
from explainer.incremental.parts import Part, Parts
from explainer.lint.known import CallSuggester
from explainer.model.ledger import Holder, Ledger
from explainer.model.records import Fact
from explainer.model.tracking import Looked
from explainer.publish.answers import AnswerView, Views
from explainer.publish.corrections import CorrectionView, corrections_in_words
from explainer.publish.freshness import Freshness, FreshView, in_words
from explainer.publish.licence import Licence
from explainer.publish.tables import Table
from explainer.publish.templates import Templates
from explainer.publish.wording import Wording
from explainer.read.lettering import FontChooser
from explainer.render import charts

NOT_MADE: Final = CachedBytes("", "")
"""Stands for a file that is not made, because the build only checks."""


@dataclass(frozen=True)
class Use:
    """A place where a fact or series is used."""

    kind: Literal["page", "chart", "fact"]
    title: str
    path: str
    """The path below the site's root."""


@dataclass(frozen=True)
class Context:
    """The data that all page renderers share.

    Nothing in it changes, except for the mappings that are filled once during the build.
    """

    ledger: Ledger
    wording: Wording
    templates: Templates
    site_name: str = ""
    today: str = "2000-01-01"
    """The day at which freshness is judged, as ISO 8601."""
    address: str = ""
    """The URL of the site, with a slash at its end; empty if the build does not know it."""
    licence: Licence = field(default_factory=Licence)
    """The licence of the charts and the data."""
    editions: Mapping[str, tuple[Edition, ...]] = field(
        default_factory=lambda: Looked("editions", {})
    )
    """The editions of each chart, oldest first, by the chart's id."""
    report: str = ""
    """The URL for error reports, with ``{claim}`` for the claim's id; empty if none is set."""
    description: str = ""
    """The description of the site from ``mkdocs.yml``; empty for a language that has none."""
    author: str = ""
    """The author of the site for citations. If it is empty, the site's name is used."""
    references: Looked[Markup] = field(default_factory=lambda: Looked("references", {}))
    """The reference of each source in the first citation style, by the source's id. Filled once."""
    patterns: Looked[Mapping[str, str]] = field(default_factory=lambda: Looked("patterns", {}))
    """The references of this site's own pages, by style and by shape. Filled once.

    A shape says which parts a reference has; see ``explainer.render.citations``.
    """
    uses: Looked[tuple[Use, ...]] = field(default_factory=lambda: Looked("uses of", {}))
    """The uses of each fact and series, by its id. Filled once."""
    tables: Looked[Table] = field(default_factory=lambda: Looked("tables", {}))
    """The table of each chart, by the chart's id."""
    lettering: FontChooser = field(default_factory=FontChooser)
    """The fonts for pictures."""
    extensions: tuple[Any, ...] = ()
    """The extensions of Python-Markdown, as ``mkdocs.yml`` lists them."""
    cache: Cache = field(default_factory=Cache)
    """The results of earlier builds."""
    whole: bool = True
    """Whether files beside the pages are made. A check only needs their names."""

    @cached_property
    def parts(self) -> Parts:
        """The cache of parts made from the ledger.

        Everything that a part may read without being tracked belongs to the ground of this cache.
        """
        ledger, words = self.ledger, self.wording
        own = (self.uses, self.references, self.patterns, self.tables, self.editions)
        told = (
            self.site_name,
            self.today,
            self.address,
            self.licence,
            self.report,
            self.author,
            self.description,
            repr(self.extensions),
        )
        spoken = (vars(words.catalogue), words.nouns, words.main, self.templates.digest)
        return Parts(
            self.cache,
            (ledger.ground, told, spoken),
            cast("Iterable[Looked[object]]", (*ledger.looked, *own)),
        )

    def part(
        self, what: str, about: object, make: Callable[[], Part], problems: Problems | None = None
    ) -> Part:
        """Return a part of the site, from the cache if nothing that it looked at has changed.

        A part that adds problems is made again in each build.
        """
        before = 0 if problems is None else problems.told
        return self.parts.get(
            what, about, make, keep=lambda _: problems is None or problems.told == before
        )

    def file(self, what: str, about: str, make: Callable[[], str | bytes]) -> CachedBytes:
        """Return a file of the site, or ``NOT_MADE`` in a check. A cached file is not read."""
        return self.parts.file(what, about, make) if self.whole else NOT_MADE

    @property
    def publisher(self) -> str:
        """The publisher of the site: its author, or else its name."""
        return self.author or self.site_name

    @cached_property
    def views(self) -> Views:
        """The claims and answers in words."""
        return Views(self.ledger, self.wording)

    @cached_property
    def likely(self) -> CallSuggester:
        """Guesses which fact or claim an author meant by a typed number."""
        return CallSuggester(self.ledger)

    def drawings(self, table: Table, root: str) -> dict[str, Markup]:
        """Return both static drawings of a table as SVG, by the name of their width.

        ``root`` is the relative path to the site's root.
        """

        def make() -> str:
            made = charts.draw(table, self.wording)
            return json.dumps(
                {
                    name: charts.svg(self.templates, table, drawing, root)
                    for name, drawing in made.items()
                }
            )

        kept = json.loads(self.kept("drawings", (table, root), make))
        return {name: Markup(svg) for name, svg in kept.items()}  # noqa: S704

    def page(self, template: str, **values: object) -> str:
        """Render the template of a page, or return the cached result if its values are the same."""
        return self.kept(template, values, lambda: self.templates.render(template, **values))

    def kept(self, what: str, made_from: object, make: Callable[[], str]) -> str:
        """Return a text from the cache, or make it if ``made_from`` or the templates are new."""
        return self.cache.text(what, (self.templates.digest, made_from), make)

    def fresh(self, holders: Iterable[Holder]) -> FreshView | None:
        """Return how current some facts and series are together, judged by ``today``."""
        found = Freshness.of(holders)
        return in_words(found, self.wording, self.today) if found else None

    def spoken_of(self, chart: bool, names: Iterable[str]) -> dict[str, Holder]:
        """Return the facts and series that a call names, or that its chart draws if ``chart``."""
        ids = [name.partition(":")[0] for name in names]
        drawn = [
            series
            for name in ids
            if name in self.ledger.charts
            for series in self.ledger.charts[name].series
        ]
        return {
            name: self.ledger.holders[name]
            for name in (drawn if chart else ids)
            if name in self.ledger.holders
        }

    def corrected(self, table: Table) -> tuple[CorrectionView, ...]:
        """Return the changes to a chart, its series and the claims that it shows, newest first."""
        refs = {*self.ledger.charts[table.id].series, *(row.claim.ref for row in table.rows)}
        return corrections_in_words(
            self.ledger, self.wording, self.ledger.corrections_of_chart(table.id, refs)
        )

    def answer(
        self, name: str, claim: str | None, place: Place, problems: Problems
    ) -> AnswerView | None:
        """Return the answer for the id of a fact or series, and perhaps of a claim.

        Adds a problem and returns ``None`` if there is no such record, or if a series has no claim
        given.
        """
        holder = self.ledger.holders.get(name)
        if holder is None:
            unknown(problems, place, "fact or series", name, list(self.ledger.holders))
            return None
        if claim is not None:
            entry = self.ledger.entry(name, claim)
            if entry is None:
                unknown(
                    problems,
                    place,
                    f"claim of '{name}'",
                    claim,
                    [e.claim.id for e in self.ledger.entries(holder)],
                )
                return None
            return self.views.chosen(entry)
        if isinstance(holder, Fact):
            return self.views.answer(holder)
        hint = f'name a point: fact("{name}", claim="…")'
        problems.add(place, "prose-call", f"'{name}' is a series, and has no single answer", hint)
        return None

    def count(self, name: str, place: Place, problems: Problems) -> str:
        """Return the number of records of a kind in the ledger, for the page on method.

        Adds a problem and returns an empty string if there is no such count.
        """
        counts = sizes(self.ledger)
        if name not in counts:
            unknown(problems, place, "count", name, list(counts))
            return ""
        return self.wording.number(Decimal(counts[name]))


def unknown(problems: Problems, place: Place, what: str, name: str, known: Iterable[str]) -> None:
    """Add the problem of a name that does not exist, with a suggestion of the most similar name."""
    hint = did_you_mean(name, known, "add it to the seeds, or name one that exists")
    problems.add(place, "prose-unknown", _missing(what, name), hint)


def _missing(what: str, name: str) -> str:
    """Return a message, such as "there is no term 'rate' in seeds/glossary.yaml".

    Another example is "'beds' has no claim 'union'".
    """
    if owner := re.fullmatch(r"(\w+) of ('[^']*')", what):
        return f"{owner[2]} has no {owner[1]} '{name}'"
    noun, within, where = what.partition(" in ")
    return f"there is no {noun} '{name}'{within}{where}"
