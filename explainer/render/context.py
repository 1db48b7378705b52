"""What every page is made with: the ledger, its wording, its views, its templates and its drawings."""

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
from explainer.incremental.cache import Cache, Held
from explainer.incremental.parts import Part, Parts
from explainer.lint.known import Likely
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
from explainer.read.lettering import Lettering
from explainer.render import charts

NOT_MADE: Final = Held("", "")
"""Stands for a file that a check does not make."""


@dataclass(frozen=True)
class Use:
    """Where a fact or series is used."""

    kind: Literal["page", "chart", "fact"]
    title: str
    path: str
    """Below the site's root."""


@dataclass(frozen=True)
class Context:
    """Shared by the makers of pages; nothing in it changes but ``tables``, which is filled once."""

    ledger: Ledger
    wording: Wording
    templates: Templates
    site_name: str = ""
    today: str = "2000-01-01"
    """The day that freshness is judged by, ISO 8601."""
    address: str = ""
    """Where the site stands, with a slash at its end; empty where the build was not told."""
    licence: Licence = field(default_factory=Licence)
    """Under which its charts and data may be used."""
    editions: Mapping[str, tuple[Edition, ...]] = field(default_factory=lambda: Looked("editions", {}))
    """The editions of each chart, oldest first, by the chart's id."""
    report: str = ""
    """Where errors are reported, with ``{claim}`` for the claim's id; empty where no address is set."""
    description: str = ""
    """What the site is about, as ``mkdocs.yml`` says it; empty for a language in which that is not said."""
    author: str = ""
    """Who is to be named as the site's author in citations; the site's name stands for one that is not named."""
    references: Looked[Markup] = field(default_factory=lambda: Looked("references", {}))
    """The reference of each source in the first citation style, by the source's id; filled once."""
    patterns: Looked[Mapping[str, str]] = field(default_factory=lambda: Looked("patterns", {}))
    """How this site's own pages are cited, by style and by the shape of what is cited; filled once."""
    uses: Looked[tuple[Use, ...]] = field(default_factory=lambda: Looked("uses of", {}))
    """Where each fact and series is used, by its id; filled once."""
    tables: Looked[Table] = field(default_factory=lambda: Looked("tables", {}))
    """The table of each chart, by the chart's id."""
    lettering: Lettering = field(default_factory=Lettering)
    """The fonts that pictures are drawn with."""
    extensions: tuple[Any, ...] = ()
    """Of Python-Markdown, as ``mkdocs.yml`` lists them."""
    cache: Cache = field(default_factory=Cache)
    """What the last builds made."""
    whole: bool = True
    """Whether the files beside the pages are made; a check asks only which there are."""

    @cached_property
    def parts(self) -> Parts:
        """What is made from the ledger part by part; all that a part may look at without its being noted is its ground."""
        ledger, words = self.ledger, self.wording
        own = (self.uses, self.references, self.patterns, self.tables, self.editions)
        told = (self.site_name, self.today, self.address, self.licence, self.report, self.author, self.description, repr(self.extensions))
        spoken = (vars(words.catalogue), words.nouns, words.main, self.templates.digest)
        return Parts(self.cache, (ledger.ground, told, spoken), cast("Iterable[Looked[object]]", (*ledger.looked, *own)))

    def part(self, what: str, about: object, make: Callable[[], Part], problems: Problems | None = None) -> Part:
        """A part of the site as the last build made it, where nothing that it looked at has changed. What has problems is made again."""
        before = 0 if problems is None else problems.told
        return self.parts.get(what, about, make, keep=lambda _: problems is None or problems.told == before)

    def file(self, what: str, about: str, make: Callable[[], str | bytes]) -> Held:
        """A part of the site that is a file, which is not read where the last build made it; ``NOT_MADE`` in a check."""
        return self.parts.file(what, about, make) if self.whole else NOT_MADE

    @property
    def publisher(self) -> str:
        """Who answers for what the site says: its author, or the site by its name."""
        return self.author or self.site_name

    @cached_property
    def views(self) -> Views:
        """Claims and answers in words."""
        return Views(self.ledger, self.wording)

    @cached_property
    def likely(self) -> Likely:
        """What an author meant by a number that is typed."""
        return Likely(self.ledger)

    def drawings(self, table: Table, root: str) -> dict[str, Markup]:
        """Both static drawings of a table, for a page at a depth."""

        def make() -> str:
            made = charts.draw(table, self.wording)
            return json.dumps({name: charts.svg(self.templates, table, drawing, root) for name, drawing in made.items()})

        kept = json.loads(self.kept("drawings", (table, root), make))
        return {name: Markup(svg) for name, svg in kept.items()}  # noqa: S704 - it comes out of an autoescaping template

    def page(self, template: str, **values: object) -> str:
        """A page's own template, rendered anew only where something that it prints has changed."""
        return self.kept(template, values, lambda: self.templates.render(template, **values))

    def kept(self, what: str, made_from: object, make: Callable[[], str]) -> str:
        """A text that need not be made again while the templates, their language and all that it is made from are the same."""
        return self.cache.text(what, (self.templates.digest, made_from), make)

    def fresh(self, holders: Iterable[Holder]) -> FreshView | None:
        """How current some facts and series are together, judged by the day that is taken for today."""
        found = Freshness.of(holders)
        return in_words(found, self.wording, self.today) if found else None

    def spoken_of(self, chart: bool, names: Iterable[str]) -> dict[str, Holder]:
        """The facts and series that a call speaks of; those that a chart draws, where it names one."""
        ids = [name.partition(":")[0] for name in names]
        drawn = [series for name in ids if name in self.ledger.charts for series in self.ledger.charts[name].series]
        return {name: self.ledger.holders[name] for name in (drawn if chart else ids) if name in self.ledger.holders}

    def corrected(self, table: Table) -> tuple[CorrectionView, ...]:
        """What was changed about a chart, its series or a claim that it shows; the newest first."""
        refs = {*self.ledger.charts[table.id].series, *(row.claim.ref for row in table.rows)}
        return corrections_in_words(self.ledger, self.wording, self.ledger.corrections_of_chart(table.id, refs))

    def answer(self, name: str, claim: str | None, place: Place, problems: Problems) -> AnswerView | None:
        """The answer that an author names by a fact's or series' id, and perhaps a claim's."""
        holder = self.ledger.holders.get(name)
        if holder is None:
            unknown(problems, place, "fact or series", name, list(self.ledger.holders))
            return None
        if claim is not None:
            entry = self.ledger.entry(name, claim)
            if entry is None:
                unknown(problems, place, f"claim of '{name}'", claim, [e.claim.id for e in self.ledger.entries(holder)])
                return None
            return self.views.chosen(entry)
        if isinstance(holder, Fact):
            return self.views.answer(holder)
        hint = f'name a point: fact("{name}", claim="…")'
        problems.add(place, "prose-call", f"'{name}' is a series, and has no single answer", hint)
        return None

    def count(self, name: str, place: Place, problems: Problems) -> str:
        """How many of something the ledger holds, for the page on method."""
        counts = sizes(self.ledger)
        if name not in counts:
            unknown(problems, place, "count", name, list(counts))
            return ""
        return self.wording.number(Decimal(counts[name]))


def unknown(problems: Problems, place: Place, what: str, name: str, known: Iterable[str]) -> None:
    """The problem for a name that names nothing, with the likeliest one meant."""
    hint = did_you_mean(name, known, "add it to the seeds, or name one that exists")
    problems.add(place, "prose-unknown", _missing(what, name), hint)


def _missing(what: str, name: str) -> str:
    """That something is not there: "there is no term 'rate' in seeds/glossary.yaml", "'beds' has no claim 'union'"."""
    if owner := re.fullmatch(r"(\w+) of ('[^']*')", what):
        return f"{owner[2]} has no {owner[1]} '{name}'"
    noun, within, where = what.partition(" in ")
    return f"there is no {noun} '{name}'{within}{where}"
