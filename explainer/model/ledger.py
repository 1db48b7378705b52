"""The ledger: all records of a project, read-only, with methods to look them up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial, wraps
from typing import Any, Final, Literal, TypeVar, cast

from explainer.common.problems import Place
from explainer.model.dates import Edtf
from explainer.model.digests import digest
from explainer.model.formulas import FormulaError, Leaf, Measure, work_out
from explainer.model.quantities import Quantity
from explainer.model.quotations import Kept, Match
from explainer.model.records import (
    Chart,
    Claim,
    Correction,
    Coverage,
    Definition,
    Evidence,
    Fact,
    Group,
    KnownError,
    Order,
    Point,
    Renamed,
    Series,
    Source,
    Term,
    Translation,
    Unchecked,
    is_editorial,
)
from explainer.model.tracking import Looked, Memory, from_all, note
from explainer.model.units import BASE, NONE, Unit

# Claims together with their fact or series

Holder = Fact | Series
Statement = Claim | Point


@dataclass(frozen=True)
class Entry:
    """A claim with the fact or series that holds it."""

    holder: Holder
    claim: Statement

    @property
    def ref(self) -> str:
        """Its reference, which formulas and addresses use: ``holder:claim``."""
        return f"{self.holder.id}:{self.claim.id}"

    @property
    def definition(self) -> str | None:
        """The counting rule that applies: the claim's own, or that of its series."""
        own = self.claim.definition
        return own or (self.holder.definition if isinstance(self.holder, Series) else None)

    @property
    def deprecated(self) -> bool:
        """Whether the ledger keeps it only to say that it is not followed."""
        return isinstance(self.claim, Claim) and self.claim.rank == "deprecated"


# Records as the authors entered them. Reads of records are noted: see ``tracking``.


@dataclass(frozen=True)
class Entered:
    """Records, each by its id.

    Mappings keep the order of the entries in the files. Files are in the order of their names.
    """

    language: str = "en"  # of the project; sources have their own
    sources: Mapping[str, Source] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    series: Mapping[str, Series] = field(default_factory=dict)
    charts: Mapping[str, Chart] = field(default_factory=dict)
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    nouns: Mapping[str, str] = field(default_factory=lambda: BASE)
    forms: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict
    )  # the plural forms of the project's own nouns
    declared: Mapping[str, Place] = field(default_factory=dict, compare=False)
    """The place in definitions.yaml of each form of the project's own nouns."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Nouns of any language, case-folded, each with the unit that it counts."""
    names: tuple[str, ...] = ()
    """Names with numbers in them. These numbers are not figures."""
    order: tuple[Order, ...] = ()
    terms: Mapping[str, Term] = field(default_factory=dict)
    errors: Mapping[str, KnownError] = field(default_factory=dict)  # in sources, by the entry's id
    translations: Mapping[str, tuple[Translation, ...]] = field(default_factory=dict)  # by language
    corrections: Mapping[str, Correction] = field(
        default_factory=dict
    )  # of what was published, by the entry's id
    renamed: Mapping[str, Renamed] = field(
        default_factory=dict
    )  # by the address that was published
    unchecked: Mapping[str, Unchecked] | None = None
    """The claims that are allowed without supporting words, by reference.

    ``None`` if the project has no such list.
    """
    coverage: Mapping[str, Coverage] | None = None
    """What is set aside of each kept text, by source id.

    ``None`` if the project does not account for its kept texts.
    """
    texts: Mapping[str, str] = field(default_factory=dict)
    """The kept text of each source that has one, by source id."""
    answers: Memory[object, tuple[object, object]] = field(
        default_factory=Memory, init=False, compare=False, repr=False
    )  # see ``once``

    def __post_init__(self) -> None:
        for kind in ("sources", "facts", "series", "charts", "texts"):
            object.__setattr__(self, kind, Looked(kind, dict(getattr(self, kind))))

    def know(self, sums: Mapping[str, str]) -> None:
        """Take digests of records that were computed when the records were read.

        The keys are kind and id, such as ``facts/population``.
        """
        for kind in ("sources", "facts", "series", "charts"):
            records, below = getattr(self, kind), f"{kind}/"
            records.know(
                {name.removeprefix(below): sums[name] for name in sums if name.startswith(below)}
            )

    @from_all
    def holders(self) -> Looked[Holder]:
        """Facts and series by id."""
        return Looked("holders", {**self.series, **self.facts}, sum_of=self._sum_of_holder)

    def _sum_of_holder(self, holder: Holder) -> str:
        own: Mapping[str, Holder] = self.facts if isinstance(holder, Fact) else self.series
        return own.sum(holder.id) if isinstance(own, Looked) else digest(holder)


# Renamed addresses: an old address means the record that now has the new one


def current(renamed: Mapping[str, Renamed], address: str) -> str:
    """Return what an address is now, over any number of renames.

    Return the address itself if it was not renamed. If the renames form a circle, the result is
    an address in that circle.
    """
    for _ in renamed:
        if address not in renamed:
            break
        address = renamed[address].now
    return address


def holder_now(renamed: Mapping[str, Renamed], name: str) -> str:
    """Return the present id of a fact or series."""
    return current(renamed, f"facts/{name}").removeprefix("facts/")


def resolved(entry: Correction, renamed: Mapping[str, Renamed]) -> Correction:
    """Return a correction with the present ids of what it is about.

    The published entry is not changed: a correction with other ids is a copy.
    """
    rooms = {"fact": "facts/", "chart": "charts/", "page": ""}
    named = {
        key: f"{room}{getattr(entry, key).strip('/')}"
        for key, room in rooms.items()
        if getattr(entry, key)
    }
    moved = {
        key: current(renamed, old).removeprefix(rooms[key])
        for key, old in named.items()
        if current(renamed, old) != old
    }
    return entry.model_copy(update=moved) if moved else entry


# Nouns that words count by


@dataclass(frozen=True)
class Nouns:
    """Every noun that counts anything in this project. Look-ups ignore case."""

    units: Mapping[str, str]
    """Nouns of units, each with the noun that it is counted as."""
    words: Mapping[str, str]
    """Nouns of any language, each with the unit that it counts."""
    counted: frozenset[str]
    """Nouns that a fact or series counts by."""
    _made: dict[tuple[str, tuple[str, ...]], frozenset[str]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @cached_property
    def known(self) -> frozenset[str]:
        """All nouns, case-folded."""
        return self.counted | {noun.casefold() for noun in (*self.units, *self.words)}

    def of(self, unit: str | None, counts: Sequence[str]) -> frozenset[str]:
        """Return the nouns that may count what a fact or series with this unit is about."""
        key = (unit or "", tuple(counts))
        if key not in self._made:
            counted = self.units.get(self.head(unit))
            same = (one for one, many in self.units.items() if many == counted)
            self._made[key] = frozenset(noun.casefold() for noun in (*counts, *same))
        return self._made[key]

    def counts(self, noun: str) -> str | None:
        """Return the unit that a noun counts, or None if it is not known."""
        return self.units.get(noun.casefold()) or self.words.get(noun.casefold())

    def head(self, unit: str | None) -> str:
        """Return the noun of a unit, without "per …": "people" of "people/month"."""
        return (unit or "").split("/")[0].strip()


# The ledger

__all__ = ["About", "Entry", "Holder", "Ledger", "Statement"]

About = tuple[Literal["fact", "chart", "page"], str]
"""What a correction is about: a fact or series, or a chart, by its id, or a page by its path.

The path has no slashes at its ends.
"""
_LONGEST_CHAIN: Final = 50
"""The most derived facts that may be computed each from the next."""


@dataclass(frozen=True)
class Ledger(Entered):
    """All records of a project, read-only, with methods to look them up."""

    @from_all
    def kept(self) -> Mapping[str, Kept]:
        """The kept texts by source id, ready to be searched for quotes."""
        return Looked("texts", {source: Kept(text) for source, text in self.texts.items()})

    def match(self, item: Evidence) -> Match | None:
        """Return where the quote of evidence is in its source's kept text.

        Return None if there is no quote or no text, or if the quote is not found.
        """
        return (
            self.kept[item.source].find(item.quote)
            if item.quote and item.source in self.kept
            else None
        )

    @from_all
    def uses(self) -> Mapping[str, tuple[Entry, ...]]:
        """The claims that have evidence from each source, by source id."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries():
            for source in dict.fromkeys(item.source for item in entry.claim.evidence):
                found.setdefault(source, []).append(entry)
        return Looked(
            "uses",
            {source: tuple(entries) for source, entries in found.items()},
            sum_of=self._sum_of,
        )

    def _sum_of(self, entries: Iterable[Entry]) -> str:
        """Return a digest of claims: of their references and of their facts or series."""
        return digest([(entry.ref, self.holders.sum(entry.holder.id)) for entry in entries])

    @from_all
    def vocabulary(self) -> Nouns:
        """The nouns that words count by."""
        return Nouns(
            self.nouns,
            self.words,
            frozenset(
                noun.casefold() for holder in self.holders.values() for noun in holder.counts
            ),
        )

    @from_all
    def regions(self) -> Mapping[str, frozenset[str]]:
        """The regions of points, each with its names in every language of the site."""
        named = {
            point.region
            for series in self.series.values()
            for point in series.points
            if point.region
        }
        found = {region: {region} for region in sorted(named)}
        for known in self.translations.values():
            for each in known:
                if each.original in found and each.translation:
                    found[each.original].add(each.translation)
        return {region: frozenset(names) for region, names in found.items()}

    @from_all
    def shared_addresses(self) -> frozenset[str]:
        """The URLs that more than one source has. Such a URL does not identify one document."""
        count = Counter(source.url for source in self.sources.values() if source.url)
        return frozenset(url for url, times in count.items() if times > 1)

    @from_all
    def _corrections(self) -> Mapping[About, list[tuple[int, Correction]]]:
        """The corrections by what they are about, each with its index in the list of all."""
        found: dict[About, list[tuple[int, Correction]]] = {}
        for numbered in enumerate(self.corrections.values()):
            found.setdefault(_about(numbered[1]), []).append(numbered)
        return found

    def corrections_about(self, about: Iterable[About]) -> list[Correction]:
        """Return the corrections of some records and pages, in the order of the seeds."""
        found = [each for one in dict.fromkeys(about) for each in self._corrections.get(one, ())]
        return [correction for _, correction in sorted(found, key=lambda each: each[0])]

    def corrections_of_chart(self, chart: str, refs: Collection[str]) -> list[Correction]:
        """Return the corrections of a chart and of what it shows, in the order of the seeds.

        ``refs`` are the ids of its series and the references of its claims.
        """
        shown = dict.fromkeys(ref.partition(":")[0] for ref in refs)
        found = self.corrections_about([("chart", chart), *(("fact", name) for name in shown)])
        return [each for each in found if each.fact is None or each.ref in refs]

    @property
    def looked(self) -> tuple[Looked[Any], ...]:
        """All mappings of records that note reads."""
        found = (
            self.sources,
            self.facts,
            self.series,
            self.charts,
            self.texts,
            self.holders,
            self.uses,
        )
        return tuple(each for each in found if isinstance(each, Looked))

    @from_all
    def ground(self) -> object:
        """The parts of the ledger whose reads are not noted, and values computed from all records.

        Whatever is made from the ledger depends on it.
        """
        plain = (
            self.language,
            self.definitions,
            self.groups,
            self.nouns,
            self.forms,
            self.words,
            self.names,
            self.order,
            self.terms,
            self.errors,
        )
        kept = (self.translations, self.corrections, self.renamed, self.unchecked, self.coverage)
        return (
            *plain,
            *kept,
            sorted(self.vocabulary.counted),
            sorted(self.regions),
            sorted(self.shared_addresses),
            self.newest_date,
        )

    def entries(self, holder: Holder | None = None) -> Iterator[Entry]:
        """Yield every claim, or those of one fact or series."""
        for each in [holder] if holder else self.holders.values():
            claims = each.claims if isinstance(each, Fact) else each.points
            yield from (Entry(each, claim) for claim in claims)

    def entry(self, holder: str, claim: str) -> Entry | None:
        """Return one claim by the id of its fact or series and its own id, or None."""
        found = self.holders.get(holder)
        return (
            next((entry for entry in self.entries(found) if entry.claim.id == claim), None)
            if found
            else None
        )

    def preferred(self, fact: Fact) -> Entry | None:
        """Return the claim that answers the question, or None.

        It is the preferred claim, or the only claim that is not deprecated.
        """
        entries = list(self.entries(fact))
        chosen = [
            entry
            for entry in entries
            if isinstance(entry.claim, Claim) and entry.claim.rank == "preferred"
        ]
        standing = [entry for entry in entries if not entry.deprecated]
        return chosen[0] if chosen else standing[0] if len(standing) == 1 else None

    def unit(self, holder: Holder) -> Unit:
        """Return the unit in which its claims count.

        Return ``NONE``, the unit of a bare number, if there is no unit or an unknown one.
        """
        try:
            return Unit.parse(holder.unit, self.nouns) if holder.unit else NONE
        except ValueError:
            return NONE

    def measure(self, ref: str, seen: tuple[str, ...] = ()) -> Measure:
        """Return what a reference means in a formula, computed once.

        ``seen`` holds the references that are being computed, each from the next. Raises
        ``FormulaError`` with a message for the author.
        """
        if ref in seen:
            raise FormulaError(f"'{ref}' is worked out from itself ({' → '.join((*seen, ref))})")
        if len(seen) > _LONGEST_CHAIN:
            raise FormulaError(
                f"'{seen[0]}' is worked out in more than {_LONGEST_CHAIN} steps, each from the next"
                f" ({seen[1]}, {seen[2]}, …)"
            )
        measure, _ = self.answers.get(("measure", ref), lambda: (self._measured(ref, seen), None))
        return cast("Measure", measure)

    def _measured(self, ref: str, seen: tuple[str, ...]) -> Measure:
        name, _, claim_id = ref.partition(":")
        holder = self.holders.get(name)
        if holder is None:
            raise FormulaError(f"there is no fact or series '{name}'")
        if isinstance(holder, Fact) and holder.derived and not claim_id:
            return self._work_out(holder, (*seen, ref))
        if isinstance(holder, Fact) and holder.compares:
            raise FormulaError(f"'{ref}' is a comparison, and enters no formula")
        entry = (
            self.entry(name, claim_id)
            if claim_id
            else self.preferred(holder)
            if isinstance(holder, Fact)
            else None
        )
        if entry is None:
            known = ", ".join(e.claim.id for e in self.entries(holder))
            raise FormulaError(f"'{ref}' names no single claim; write one of {name}: {known}")
        if entry.claim.derived:
            return self._work_out(entry.claim, (*seen, ref))
        if entry.claim.value is None:
            raise FormulaError(f"'{ref}' is not a number")
        interval = entry.claim.value.interval
        if interval is None:
            raise FormulaError(
                f"'{entry.claim.value}' ({ref}) has no stated width, so it enters no arithmetic;"
                " write 'about N ±W' if the source gives one"
            )
        return Measure.of(interval, self.unit(holder), leaf_of(entry))

    def _work_out(self, record: Fact | Statement, seen: tuple[str, ...]) -> Measure:
        read, alike = partial(Unit.parse, nouns=self.nouns), record.correlated is not None
        assumed = record.assumes is not None
        return work_out(
            record.derived or "",
            lambda ref: self.measure(ref, seen),
            read,
            correlated=alike,
            assumed=assumed,
        )

    def value(self, entry: Entry) -> Quantity | None:
        """Return the claim's amount, entered or computed, or None for dates and statements.

        Raises ``FormulaError``.
        """
        return self.derived(entry.ref) if entry.claim.derived else entry.claim.value

    def derived(self, ref: str) -> Quantity:
        """Return the result of a formula, rounded to the digits that its inputs support.

        If the record asks for a number of digits after the point, round to that. Raises
        ``FormulaError``.
        """
        try:
            return Quantity.of(self.measure(ref).rounded_to(self._digits_of(ref)))
        except ValueError as error:
            raise FormulaError(str(error)) from error

    def is_rounded(self, ref: str) -> bool:
        """Return whether the result of a formula is printed with fewer digits than it has.

        Raises ``FormulaError``.
        """
        return self.measure(ref).is_rounded(self._digits_of(ref))

    def _digits_of(self, ref: str) -> int | None:
        """Return the digits after the point that the record asks for, if it does."""
        name, _, claim = ref.partition(":")
        entry = self.entry(name, claim) if claim else None
        record = entry.claim if entry else self.facts.get(name)
        return record.digits if record else None

    @from_all
    def newest_date(self) -> Edtf | None:
        """The newest date written in the seeds, which is "today" if nothing else is given.

        Dates with an open end do not count.
        """
        written = [h.as_of for h in self.holders.values()]
        written += [s.issued for s in self.sources.values() if s.issued and is_editorial(s.issued)]
        written += [s.accessed for s in self.sources.values() if s.accessed]
        written += [each.fixed for each in self.corrections.values()]
        return max(
            (date for date in written if date.last),
            key=lambda date: (date.last, date.text),
            default=None,
        )


def leaf_of(entry: Entry) -> Leaf:
    """Return a claim in the form that formulas use."""
    holder, claim = entry.holder, entry.claim
    apart = (claim.region, claim.basis) if isinstance(claim, Point) else (None, None)
    total = isinstance(holder, Series) and holder.cumulative
    return Leaf(entry.ref, holder.id, claim.period, entry.definition, apart, total)


def _about(correction: Correction) -> About:
    if correction.fact is not None:
        return "fact", correction.fact
    if correction.chart is not None:
        return "chart", correction.chart
    return "page", (correction.page or "").strip("/")


# Cached answers: a ledger never changes, so an answer about it stays the same

AboutRecord = TypeVar("AboutRecord", Entry, Fact | Series)
Answer = TypeVar("Answer")


def once(
    question: Callable[[Ledger, AboutRecord], Answer],
) -> Callable[[Ledger, AboutRecord], Answer]:
    """Cache a function of a ledger and one claim, fact or series.

    The result is computed at the first call and returned again later, so it must be immutable.
    Exceptions are not cached.
    """

    @wraps(question)
    def asked(ledger: Ledger, about: AboutRecord) -> Answer:
        records: tuple[object, ...] = (
            (about.holder, about.claim) if isinstance(about, Entry) else (about,)
        )
        note(("holders", about.holder.id if isinstance(about, Entry) else about.id))
        key = (question, *map(id, records))  # in a faulty ledger two records may have one name
        # The records are kept with the answer, so that no other object gets their identity.
        answer, _ = ledger.answers.get(key, lambda: (question(ledger, about), records))
        return cast("Answer", answer)

    return asked
