"""Reads all seeds of a project into a ledger; what cannot be read is a problem with its place."""

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

R = TypeVar("R", bound=Record)
H = TypeVar("H", Fact, Series)

KINDS: dict[str, type[Record]] = {
    "sources/": Source,
    "facts/": Fact,
    "series/": Series,
    "charts/": Chart,
    "definitions.yaml": Definitions,
    "order.yaml": Order,
    "glossary.yaml": Term,
    "corrections.yaml": Correction,
    "renamed.yaml": Renamed,
    "errors.yaml": KnownError,
    "unchecked.yaml": Unchecked,
    "coverage/": Coverage,
    "translations/": Translation,
}
"""The kind of record in each folder or file below ``seeds/``.

A folder's files hold a list of records each, and so does a single file. ``MAPPINGS`` names the
kinds for which a file is one mapping instead.
"""
MAPPINGS: tuple[type[Record], ...] = (Definitions, Coverage)
MOST_NUMBERS = 60_000
"""The most numbers in one kept text. To read and check a number takes a tenth of a millisecond."""
MOST_AGAIN = 1_000_000
"""The most characters of kept texts that are read again because several sources share them."""
_FIGURE = re.compile(r"\d+|[½⅓⅔¼¾⅕-⅞]")
_WORD = re.compile(r"[^\W\d_]+")


def parse_ledger(
    folder: Folder, problems: Problems, language: str = "en", cache: Cache | None = None
) -> Ledger:
    """Read ``seeds/`` into a ledger. Broken records are left out and reported in ``problems``.

    ``language`` is the language that the seeds are written in. Files whose records are in the cache
    are not parsed again.
    """
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
        nouns={
            **BASE,
            **{form: noun.name for noun in definitions.units for form in noun.spellings},
        },
        forms={form: noun.forms for noun in definitions.units for form in noun.spellings},
        declared={
            noun.forms[key]: noun.place(key) for noun in definitions.units for key in noun.forms
        },
        words={
            word.casefold(): counted.unit for counted in definitions.nouns for word in counted.words
        },
        names=_names(definitions, language, problems),
        order=tuple(many("order.yaml", Order)),
        terms=_unique(many("glossary.yaml", Term), problems),
        corrections={
            name: resolved(entry, renamed)
            for name, entry in _unique(many("corrections.yaml", Correction), problems).items()
        },
        renamed=renamed,
        errors=_unique(many("errors.yaml", KnownError), problems),
        unchecked=(
            _unique(many("unchecked.yaml", Unchecked), problems)
            if folder.exists("seeds/unchecked.yaml")
            else None
        ),
        coverage=(
            _unique(_mappings(folder, "coverage/", Coverage, problems), problems)
            if folder.exists("seeds/coverage")
            else None
        ),
        translations=_by_language(many("translations/", Translation)),
        texts=_texts(folder, sources, problems),
    )
    ledger.know(sums)
    return ledger


def _uncrowded(holders: Mapping[str, H], problems: Problems) -> dict[str, H]:
    """Return the facts or series that have few enough claims to compare all pairs of one time."""
    found: dict[str, H] = {}
    for name, holder in holders.items():
        claims = holder.claims if isinstance(holder, Fact) else holder.points
        if pairs_of_one_time(claims) > MOST_PAIRS:
            message = (
                f"'{name}' has {len(claims):,} claims, of which more than {MOST_PAIRS:,} pairs are"
                " of one time"
            )
            hint = (
                "part it into several; 400 claims of one time can always be held against one"
                " another"
            )
            problems.add(holder.place("id"), "file-size", message, hint, loses=(name,))
        else:
            found[name] = holder
    return found


def _definitions(folder: Folder, problems: Problems) -> Definitions:
    """Return the nouns, groups and counting rules, or empty ones if they cannot be read.

    In that case the first problem says that all definitions are lost.
    """
    found = Problems()
    definitions = next(_mappings(folder, "definitions.yaml", Definitions, found), None)
    faults = list(found)
    if definitions is None and faults:
        faults[0] = replace(faults[0], loses=(DEFINITIONS,))
    problems.extend(faults)
    return definitions or Definitions()


def _names(definitions: Definitions, language: str, problems: Problems) -> tuple[str, ...]:
    """Return a project's own names that contain numbers, without those that are really figures."""
    nouns = (
        *BASE,
        *(form for noun in definitions.units for form in noun.spellings),
        *(word for each in definitions.nouns for word in each.words),
    )
    counted, found = {word.casefold() for word in nouns}, []
    for name in definitions.names:
        if said := fault(name, counted, language):
            hint = (
                "take it out; 'names' is for names with a number that counts nothing, such as"
                " Sputnik 2, as pages write them. A figure is called where it stands: {{"
                ' fact("…") }}'
            )
            problems.add(
                definitions.place("names"),
                "bad-value",
                f"'{name[:60]}' cannot be one of the 'names': {said}",
                hint,
            )
        else:
            found.append(name)
    return tuple(found)


def _many(
    folder: Folder,
    problems: Problems,
    cache: Cache | None,
    sums: dict[str, str],
    below: str,
    kind: type[R],
) -> list[R]:
    """Return the records of a kind.

    With a cache, the digest of each record is added to ``sums``, by its file's folder and its id.
    """
    found: list[R] = []
    for path, text in _texts_of(folder, below, problems):
        kept: tuple[tuple[R, str], ...] | None = (
            cache.value(("records", path, text)) if cache else None
        )
        records, faults = (
            (tuple(each for each, _ in kept), ()) if kept is not None else _read(kind, path, text)
        )
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
    """Yield the path and text of each file of a kind that is there and can be read."""
    path = f"seeds/{below}"
    for each in (
        folder.list(path, ".yaml", ".yml")
        if path.endswith("/")
        else [path]
        if folder.exists(path)
        else []
    ):
        found = Problems()
        text = folder.read_text(each, found)
        if text is not None:
            yield each, text
        elif faults := tuple(found):
            raw = folder.read_bytes(each, Problems()) or b""
            problems.extend(
                _with_losses(raw.decode(encoding_of(raw), errors="replace"), faults, ())
            )


@lru_cache(maxsize=4096)
def _read(kind: type[R], path: str, text: str) -> tuple[tuple[R, ...], tuple[Problem, ...]]:
    """Return a file's records and its problems. A process parses the same text only once."""
    problems = Problems()
    records = tuple(records_of(kind, path, read_tree(path, text, problems), problems))
    read = {getattr(record, "id", None) for record in records}
    return records, _with_losses(text, tuple(problems), read)


_RECORD = re.compile(r"^(?P<dash>[ ]*-?[ ]*\{?[ ]*)id:[ ]*['\"]?(?P<id>[\w-]+)", re.MULTILINE)
"""A line with an id, found even if the file is not valid YAML."""
_LINE_END: Final = re.compile(r"\n")
_ITEM: Final = re.compile(r"\n- ")


def _with_losses(
    text: str, faults: tuple[Problem, ...], read: Collection[str | None]
) -> tuple[Problem, ...]:
    """Return a file's problems, each with the ids of the records that are missing because of it."""
    if not faults:
        return faults
    found = list(_RECORD.finditer(text))
    outermost = (
        min((len(match["dash"]) for match in found), default=0) + 1
    )  # ids of claims are further to the right
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    items = [-1, *(match.start() for match in _ITEM.finditer(text))]
    last_lines = list(
        accumulate(map(_line_of, faults), max)
    )  # in rising order, to find the first problem below a line
    losses: dict[int, list[str]] = {}
    for match in found:
        if match["id"] not in read and len(match["dash"]) <= outermost:
            begins = items[bisect_right(items, match.start()) - 1] + 2
            at = bisect_left(last_lines, bisect_right(starts, begins))
            losses.setdefault(at if at < len(faults) else 0, []).append(match["id"])
    return tuple(
        replace(fault, loses=tuple(losses[at])) if at in losses else fault
        for at, fault in enumerate(faults)
    )


def _line_of(fault: Problem) -> int:
    return fault.place.line


def _by_language(records: Iterable[Translation]) -> dict[str, tuple[Translation, ...]]:
    """Return translations by language, which is the file's name: ``seeds/translations/uk.yaml``."""
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
            problems.add(
                record.place("id"),
                "duplicate-id",
                f"'{name}' is already at {first}",
                "give this one another id",
            )
        else:
            found[name] = record
    return found


class _Room:
    """The limits on kept texts: how many characters may be read again, and numbers in one text.

    A text that several sources name is read again for each of them, number by number.
    """

    def __init__(self) -> None:
        self._again = MOST_AGAIN
        self._known: set[str] = set()

    def fault(self, path: str, text: str, language: str) -> str | None:
        """Return why a source's text is not read, or None if it is read."""
        if path in self._known:
            self._again -= len(text)
        self._known.add(path)
        if self._again < 0:
            return (
                f"is the text of so many sources that more than {MOST_AGAIN:,} characters would be"
                " read again"
            )
        found = numbers_in(text, language)
        return (
            f"holds {found:,} numbers; at most {MOST_NUMBERS:,}" if found > MOST_NUMBERS else None
        )


def numbers_in(text: str, language: str) -> int:
    """Return about how many numbers a text contains.

    It counts figures, number words, and signs of scripts that have no spaces between words.
    """
    firsts, folded = vocabulary(language).firsts, text.casefold()
    words = sum(word in firsts for word in _WORD.findall(folded) if len(word) > 1 or word.isascii())
    signs = (
        0
        if folded.isascii()
        else sum(
            map(folded.count, (each for each in firsts if len(each) == 1 and not each.isascii()))
        )
    )
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
            problems.add(
                place,
                "file-size",
                f"'{path}' {fault}",
                "keep the part that is quoted, and write read: excerpt",
            )
            continue
        if source.sha256 and sha256(raw) != source.sha256:
            message, hint = _difference(path, raw, source.sha256)
            problems.add(source.place("sha256"), "text-changed", message, hint)
        texts[source.id] = text
    return texts


def _difference(path: str, raw: bytes, entered: str) -> tuple[str, str]:
    """Return the message and the hint for a kept text whose SHA-256 is not the recorded one."""
    unix = with_line_feeds(raw)
    again = f"read it again and write sha256: {sha256(raw)}"
    if sha256(unix) == entered:
        message = (
            f"'{path}' has line ends of Windows (CR LF) and was entered with those of Unix (LF):"
            " git, or an editor, changed them"
        )
        return message, f"{line_ends_hint(path)}; or {again}"
    if sha256(unix.replace(b"\n", b"\r\n")) == entered:
        message = (
            f"'{path}' has line ends of Unix (LF) and was entered with those of Windows (CR LF):"
            " git, or an editor, changed them"
        )
        return (
            message,
            (
                "write '* -text' into .gitattributes and commit the text as it was entered; or"
                f" {again}"
            ),
        )
    return (
        f"'{path}' is not the text that was entered",
        f"put it back, or, having read it again, write sha256: {sha256(raw)}",
    )


# Seeds that did not change are not read again in the same process. A ledger is never changed, so
# the last one can be used again.

_last: list[tuple[tuple[Path, str, dict[str, bytes]], Ledger]] = []
"""The last ledger that was read without a problem, if any, and what it was read from.

That is the project's folder, its language, and the SHA-256 of each seed.
"""


def cached_ledger(
    folder: Folder,
    seeds: Mapping[str, bytes],
    problems: Problems,
    language: str,
    cache: Cache | None,
) -> Ledger:
    """Return the ledger of a project's ``seeds/``, like ``read_ledger``, or the last one again.

    ``seeds`` holds the files there, as ``folder`` read them.
    """
    now = (
        folder.root,
        language,
        {path: hashlib.sha256(data).digest() for path, data in seeds.items()},
    )
    before = problems.told
    if _last and _last[-1][0] == now:
        return _last[-1][1]
    _last.clear()
    ledger = parse_ledger(folder, problems, language, cache)
    named = {f"seeds/{source.text}" for source in ledger.sources.values() if source.text}
    if (
        problems.told == before and named <= seeds.keys()
    ):  # a text that is named like an editor's own file is not in 'seeds'
        _last.append((now, ledger))
    return ledger
