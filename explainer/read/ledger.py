"""All seeds of a project, read into a ledger; what cannot be read is a problem with its place."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from itertools import accumulate
from pathlib import Path, PurePosixPath
from typing import Final, TypeVar

from explainer.common.problems import DEFINITIONS, Problem, Problems
from explainer.incremental.cache import Cache
from explainer.lint.listed_names import fault
from explainer.model.digests import digest
from explainer.model.ledger import Ledger, resolved
from explainer.model.number_words import vocabulary
from explainer.model.records import (
    Chart,
    Correction,
    Coverage,
    Definitions,
    Fact,
    KnownError,
    Order,
    Record,
    Renamed,
    Series,
    Source,
    Term,
    Translation,
    Unchecked,
)
from explainer.model.rivals import MOST_PAIRS, pairs_of_one_time
from explainer.model.units import BASE
from explainer.read.files import Folder, encoding_of, line_ends_hint, sha256, with_line_feeds
from explainer.read.records import record_of, records_of
from explainer.read.yaml_tree import read_tree

# The whole of an author's project, read in one go: a ledger of what could be read, and problems
# for the rest.

R = TypeVar("R", bound=Record)
H = TypeVar("H", Fact, Series)

KINDS: dict[str, type[Record]] = {
    "sources/": Source, "facts/": Fact, "series/": Series, "charts/": Chart,
    "definitions.yaml": Definitions, "order.yaml": Order, "glossary.yaml": Term,
    "corrections.yaml": Correction, "renamed.yaml": Renamed, "errors.yaml": KnownError, "unchecked.yaml": Unchecked, "coverage/": Coverage,
    "translations/": Translation,
}  # fmt: skip
"""What stands where below ``seeds/``: folders of lists and single lists, but for ``MAPPINGS``, whose files are one mapping each."""
MAPPINGS: tuple[type[Record], ...] = (Definitions, Coverage)
MOST_NUMBERS = 60_000
"""In one kept text: to read a number, and to say what becomes of it, takes a tenth of a millisecond."""
MOST_AGAIN = 1_000_000
"""Characters of kept texts that are another source's text already."""
_FIGURE = re.compile(r"\d+|[½⅓⅔¼¾⅕-⅞]")
_WORD = re.compile(r"[^\W\d_]+")


def read_ledger(folder: Folder, problems: Problems, language: str = "en", cache: Cache | None = None) -> Ledger:
    """Read ``seeds/``, written in a language; what is broken is left out and named in ``problems``, what the cache has is not read."""
    sums: dict[str, str] = {}
    many = partial(_many, folder, problems, cache, sums)
    sources = _unique(many("sources/", Source), problems)
    definitions = _definitions(folder, problems)
    renamed = _unique(many("renamed.yaml", Renamed), problems)
    ledger = Ledger(
        language=language,
        sources=sources,
        facts=_uncrowded(_unique(many("facts/", Fact), problems), problems),
        series=_uncrowded(_unique(many("series/", Series), problems), problems),
        charts=_unique(many("charts/", Chart), problems),
        definitions=_unique(definitions.definitions, problems),
        groups=_unique(definitions.groups, problems),
        nouns={**BASE, **{form: noun.name for noun in definitions.units for form in noun.spellings}},
        forms={form: noun.forms for noun in definitions.units for form in noun.spellings},
        declared={noun.forms[key]: noun.place(key) for noun in definitions.units for key in noun.forms},
        words={word.casefold(): counted.unit for counted in definitions.nouns for word in counted.words},
        names=_names(definitions, language, problems),
        order=tuple(many("order.yaml", Order)),
        terms=_unique(many("glossary.yaml", Term), problems),
        corrections={name: resolved(entry, renamed) for name, entry in _unique(many("corrections.yaml", Correction), problems).items()},
        renamed=renamed,
        errors=_unique(many("errors.yaml", KnownError), problems),
        unchecked=_unique(many("unchecked.yaml", Unchecked), problems) if folder.exists("seeds/unchecked.yaml") else None,
        coverage=_unique(_mappings(folder, "coverage/", Coverage, problems), problems) if folder.exists("seeds/coverage") else None,
        translations=_by_language(many("translations/", Translation)),
        texts=_texts(folder, sources, problems),
    )
    ledger.know(sums)
    return ledger


def _uncrowded(holders: Mapping[str, H], problems: Problems) -> dict[str, H]:
    """Those facts or series whose claims can be held against one another in reasonable time."""
    found: dict[str, H] = {}
    for name, holder in holders.items():
        claims = holder.claims if isinstance(holder, Fact) else holder.points
        if pairs_of_one_time(claims) > MOST_PAIRS:
            message = f"'{name}' has {len(claims):,} claims, of which more than {MOST_PAIRS:,} pairs are of one time"
            hint = "part it into several; 400 claims of one time can always be held against one another"
            problems.add(holder.place("id"), "file-size", message, hint, loses=(name,))
        else:
            found[name] = holder
    return found


def _definitions(folder: Folder, problems: Problems) -> Definitions:
    """The nouns, groups and counting rules; none where they cannot be read, and then the first problem says what is lost with them."""
    found = Problems()
    definitions = next(_mappings(folder, "definitions.yaml", Definitions, found), None)
    faults = list(found)
    if definitions is None and faults:
        faults[0] = replace(faults[0], loses=(DEFINITIONS,))
    problems.extend(faults)
    return definitions or Definitions()


def _names(definitions: Definitions, language: str, problems: Problems) -> tuple[str, ...]:
    """A project's own names with numbers, without those that are figures."""
    nouns = (
        *BASE,
        *(form for noun in definitions.units for form in noun.spellings),
        *(word for each in definitions.nouns for word in each.words),
    )
    counted, found = {word.casefold() for word in nouns}, []
    for name in definitions.names:
        if said := fault(name, counted, language):
            hint = (
                "take it out; 'names' is for names with a number that counts nothing, such as Sputnik 2, as pages write them. "
                'A figure is called where it stands: {{ fact("…") }}'
            )
            problems.add(definitions.place("names"), "bad-value", f"'{name[:60]}' cannot be one of the 'names': {said}", hint)
        else:
            found.append(name)
    return tuple(found)


def _many(folder: Folder, problems: Problems, cache: Cache | None, sums: dict[str, str], below: str, kind: type[R]) -> list[R]:
    """The records of a kind. ``sums`` takes what tells each from others, by its file's folder and its id, where the cache knows it."""
    found: list[R] = []
    for path, text in _texts_of(folder, below, problems):
        kept: tuple[tuple[R, str], ...] | None = cache.value(("records", path, text)) if cache else None
        records, faults = (tuple(each for each, _ in kept), ()) if kept is not None else _read(kind, path, text)
        if cache and kept is None and not faults:
            kept = tuple((each, digest(each)) for each in records)
            cache.put(("records", path, text), kept)
        for each, sum_of in kept or ((each, digest(each)) for each in records if cache):
            sums.setdefault(f"{below}{getattr(each, 'id', '')}", sum_of)
        found += records
        problems.extend(faults)
    return found


def _mappings(folder: Folder, below: str, kind: type[R], problems: Problems) -> Iterator[R]:
    for path, text in _texts_of(folder, below, problems):
        tree = read_tree(path, text, problems)
        record = None if tree is None else record_of(kind, path, tree, problems)
        if record is not None:
            yield record


def _texts_of(folder: Folder, below: str, problems: Problems) -> Iterator[tuple[str, str]]:
    """The text of each file of a kind that is there and can be read."""
    path = f"seeds/{below}"
    for each in folder.list(path, ".yaml", ".yml") if path.endswith("/") else [path] if folder.exists(path) else []:
        found = Problems()
        text = folder.read_text(each, found)
        if text is not None:
            yield each, text
        elif faults := tuple(found):
            raw = folder.read_bytes(each, Problems()) or b""
            problems.extend(_with_losses(raw.decode(encoding_of(raw), errors="replace"), faults, ()))


@lru_cache(maxsize=4096)
def _read(kind: type[R], path: str, text: str) -> tuple[tuple[R, ...], tuple[Problem, ...]]:
    """A file's records, and what is wrong with it; a file that did not change is not read twice in one process."""
    problems = Problems()
    records = tuple(records_of(kind, path, read_tree(path, text, problems), problems))
    read = {getattr(record, "id", None) for record in records}
    return records, _with_losses(text, tuple(problems), read)


_RECORD = re.compile(r"^(?P<dash>[ ]*-?[ ]*\{?[ ]*)id:[ ]*['\"]?(?P<id>[\w-]+)", re.MULTILINE)
"""A line with an id, even where the file cannot be read as YAML."""
_LINE_END: Final = re.compile(r"\n")
_ITEM: Final = re.compile(r"\n- ")


def _with_losses(text: str, faults: tuple[Problem, ...], read: Collection[str | None]) -> tuple[Problem, ...]:
    """The faults of a file, each with the ids of the records that are missing because of it."""
    if not faults:
        return faults
    found = list(_RECORD.finditer(text))
    outermost = min((len(match["dash"]) for match in found), default=0) + 1  # ids of claims stand further to the right
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    items = [-1, *(match.start() for match in _ITEM.finditer(text))]
    last_lines = list(accumulate(map(_line_of, faults), max))  # of all faults up to each, so that the first one behind a line is found
    losses: dict[int, list[str]] = {}
    for match in found:
        if match["id"] not in read and len(match["dash"]) <= outermost:
            begins = items[bisect_right(items, match.start()) - 1] + 2
            at = bisect_left(last_lines, bisect_right(starts, begins))
            losses.setdefault(at if at < len(faults) else 0, []).append(match["id"])
    return tuple(replace(fault, loses=tuple(losses[at])) if at in losses else fault for at, fault in enumerate(faults))


def _line_of(fault: Problem) -> int:
    return fault.place.line


def _by_language(records: Iterable[Translation]) -> dict[str, tuple[Translation, ...]]:
    """Translations by the names of their files: ``seeds/translations/uk.yaml`` is in Ukrainian."""
    found: dict[str, list[Translation]] = {}
    for record in records:
        found.setdefault(PurePosixPath(record.place().path).stem, []).append(record)
    return {language: tuple(each) for language, each in found.items()}


def _unique(records: Iterable[R], problems: Problems) -> dict[str, R]:
    found: dict[str, R] = {}
    for record in records:
        name = str(getattr(record, "id", ""))
        if name in found:
            first = found[name].place("id")
            problems.add(record.place("id"), "duplicate-id", f"'{name}' is already at {first}", "give this one another id")
        else:
            found[name] = record
    return found


class _Room:
    """How many more letters and numbers kept texts may have: each source's text is read for itself, its numbers one by one."""

    def __init__(self) -> None:
        self._again = MOST_AGAIN
        self._known: set[str] = set()

    def fault(self, path: str, text: str, language: str) -> str | None:
        """Why a source's text is not read, if it is not."""
        if path in self._known:
            self._again -= len(text)
        self._known.add(path)
        if self._again < 0:
            return f"is the text of so many sources that more than {MOST_AGAIN:,} characters would be read again"
        found = numbers_in(text, language)
        return f"holds {found:,} numbers; at most {MOST_NUMBERS:,}" if found > MOST_NUMBERS else None


def numbers_in(text: str, language: str) -> int:
    """About how many numbers a text holds, in figures, in words, and in signs of scripts that set no blanks between words."""
    firsts, folded = vocabulary(language).firsts, text.casefold()
    words = sum(word in firsts for word in _WORD.findall(folded) if len(word) > 1 or word.isascii())
    signs = 0 if folded.isascii() else sum(map(folded.count, (each for each in firsts if len(each) == 1 and not each.isascii())))
    return sum(1 for _ in _FIGURE.finditer(folded)) + words + signs


def _texts(folder: Folder, sources: dict[str, Source], problems: Problems) -> dict[str, str]:
    texts: dict[str, str] = {}
    room = _Room()
    for source in sources.values():
        if source.text is None:
            continue
        path, place = f"seeds/{source.text}", source.place("text")
        raw = folder.read_bytes(path, problems, place)
        text = None if raw is None else folder.read_text(path, problems, place, ours=False)
        if raw is None or text is None:
            continue
        if fault := room.fault(path, text, source.language):
            problems.add(place, "file-size", f"'{path}' {fault}", "keep the part that is quoted, and write read: excerpt")
            continue
        if source.sha256 and sha256(raw) != source.sha256:
            message, hint = _difference(path, raw, source.sha256)
            problems.add(source.place("sha256"), "text-changed", message, hint)
        texts[source.id] = text
    return texts


def _difference(path: str, raw: bytes, entered: str) -> tuple[str, str]:
    """How a kept text differs from the one whose SHA-256 was entered, and what to do."""
    unix = with_line_feeds(raw)
    again = f"read it again and write sha256: {sha256(raw)}"
    if sha256(unix) == entered:
        message = f"'{path}' has line ends of Windows (CR LF) and was entered with those of Unix (LF): git, or an editor, changed them"
        return message, f"{line_ends_hint(path)}; or {again}"
    if sha256(unix.replace(b"\n", b"\r\n")) == entered:
        message = f"'{path}' has line ends of Unix (LF) and was entered with those of Windows (CR LF): git, or an editor, changed them"
        return message, f"write '* -text' into .gitattributes and commit the text as it was entered; or {again}"
    return f"'{path}' is not the text that was entered", f"put it back, or, having read it again, write sha256: {sha256(raw)}"


# Seeds that are the same to the byte are not read again by the same process: a ledger never
# changes, so it is the same one.

_last: list[tuple[tuple[Path, str, dict[str, bytes]], Ledger]] = []
"""The ledger that was read last without a problem, and what it was read from: a folder, a language, the sum of each seed; at most one."""


def ledger_of(folder: Folder, seeds: Mapping[str, bytes], problems: Problems, language: str, cache: Cache | None) -> Ledger:
    """The ledger of a project's ``seeds/``, as ``read_ledger`` has it. ``seeds`` are the files there, as ``folder`` read them."""
    now = (folder.root, language, {path: hashlib.sha256(data).digest() for path, data in seeds.items()})
    before = problems.told
    if _last and _last[-1][0] == now:
        return _last[-1][1]
    _last.clear()
    ledger = read_ledger(folder, problems, language, cache)
    named = {f"seeds/{source.text}" for source in ledger.sources.values() if source.text}
    if problems.told == before and named <= seeds.keys():  # a text may have a name that editors leave behind, and has no sum then
        _last.append((now, ledger))
    return ledger
