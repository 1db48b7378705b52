"""What the authors entered, read-only; whoever looks at a record is noted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from explainer.digests import digest
from explainer.ledger.entries import Holder
from explainer.ledger.looking import Looked, Memory, from_all
from explainer.problems import Place
from explainer.records import (  # fmt: skip
    Chart,
    Correction,
    Coverage,
    Definition,
    Fact,
    Group,
    KnownError,
    Order,
    Renamed,
    Series,
    Source,
    Term,
    Translation,
    Unchecked,
)
from explainer.values.units import BASE


@dataclass(frozen=True)
class Entered:
    """Records, each by its id. Mappings keep the order in which files name things, files by name."""

    language: str = "en"  # what it is written in; sources have their own
    sources: Mapping[str, Source] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    series: Mapping[str, Series] = field(default_factory=dict)
    charts: Mapping[str, Chart] = field(default_factory=dict)
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    nouns: Mapping[str, str] = field(default_factory=lambda: BASE)
    forms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # the plural forms of the project's own nouns
    declared: Mapping[str, Place] = field(default_factory=dict, compare=False)
    """Where each form of the project's own nouns stands in definitions.yaml."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Nouns of any language, without case, each with the unit that it counts."""
    names: tuple[str, ...] = ()
    """Names with numbers in them, which are no figures."""
    order: tuple[Order, ...] = ()
    terms: Mapping[str, Term] = field(default_factory=dict)
    errors: Mapping[str, KnownError] = field(default_factory=dict)  # in sources, by the entry's id
    translations: Mapping[str, tuple[Translation, ...]] = field(default_factory=dict)  # by language
    corrections: Mapping[str, Correction] = field(default_factory=dict)  # of what was published, by the entry's id
    renamed: Mapping[str, Renamed] = field(default_factory=dict)  # by the address that was published
    unchecked: Mapping[str, Unchecked] | None = None
    """The claims that may stand though no words bear them, by the name that formulas use; ``None`` where no such list is kept."""
    coverage: Mapping[str, Coverage] | None = None
    """What of each kept text is set aside, by source id; ``None`` where the texts are not held to account."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """The kept text of each source that has one, by source id."""
    answers: Memory[object, tuple[object, object]] = field(default_factory=Memory, init=False, compare=False, repr=False)  # see ``once``

    def __post_init__(self) -> None:
        for kind in ("sources", "facts", "series", "charts", "texts"):
            object.__setattr__(self, kind, Looked(kind, dict(getattr(self, kind))))

    def know(self, sums: Mapping[str, str]) -> None:
        """Take the sums of records by kind and id, as ``facts/`` and the id, which were worked out when they were read."""
        for kind in ("sources", "facts", "series", "charts"):
            records, below = getattr(self, kind), f"{kind}/"
            records.know({name.removeprefix(below): sums[name] for name in sums if name.startswith(below)})

    @from_all
    def holders(self) -> Looked[Holder]:
        """Facts and series by id."""
        return Looked("holders", {**self.series, **self.facts}, sum_of=self._sum_of_holder)

    def _sum_of_holder(self, holder: Holder) -> str:
        own: Mapping[str, Holder] = self.facts if isinstance(holder, Fact) else self.series
        return own.sum(holder.id) if isinstance(own, Looked) else digest(holder)
