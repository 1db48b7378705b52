"""Reads the released editions in ``seeds/editions/`` and checks that they are unchanged.

An edition is three files: an HTML body, a JSON record, and a PNG picture. The body and the record
are named by the SHA-256 hash of both, and the record holds the hash of the picture. So a change to
any byte is found without git. Each record names the edition before it, so it is also found if one
is missing between others.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from explainer.common.allowed import styles as allowed_styles
from explainer.common.allowed.scripts import FRAMES
from explainer.common.problems import Place, Problem, Problems, limited
from explainer.history import edition_pages
from explainer.history.git import History, NoHistory, Unreadable
from explainer.read.files import line_ends_hint, with_line_feeds

FOLDER: Final = "seeds/editions"
SLOT: Final = "<!-- notice -->"
"""The placeholder for a notice. A body holds it exactly once.

No text of a seed can contain it, because all texts are escaped.
"""
_PATH = re.compile(
    r"seeds/editions/(?P<chart>[a-z0-9-]+)/(?P<id>[0-9a-f]{16})\.(?P<kind>html|json|png)"
)
_BACK: Final = (
    "put it back as it was released (git checkout has it); to mend a chart, release a new edition"
)
_OUT: Final = "take it out; make release writes editions"


@dataclass(frozen=True)
class Edition:
    """A chart as it was released on one day. It never changes."""

    id: str
    """The first 16 hexadecimal digits of the hash of its record and body (see ``address``)."""
    body: str
    """The HTML page, with ``SLOT`` in it."""
    record: Mapping[str, Any] = field(hash=False)
    """The chart's values and words, the release date, and the id of the edition before it."""
    picture: bytes = field(default=b"", repr=False)
    """The chart as PNG. It is empty in old editions, which have no picture."""

    @property
    def chart(self) -> str:
        """The id of the chart."""
        return str(self.record["chart"])

    @property
    def date(self) -> str:
        """The day of its release, ISO 8601."""
        return str(self.record["date"])

    @property
    def page(self) -> str:
        """The path of its page in the finished site."""
        return f"embed/{self.chart}/{self.id}/index.html"

    @property
    def picture_page(self) -> str:
        """The path of its picture in the finished site, or of the live chart's if it has none."""
        return (
            f"embed/{self.chart}/{self.id}/chart.png"
            if self.picture
            else f"data/charts/{self.chart}.png"
        )


def edition_id(record: bytes, body: bytes) -> str:
    """Return the id of an edition: the first 16 hexadecimal digits of a SHA-256.

    It is the SHA-256 of the record, a null byte and the body.
    """
    return hashlib.sha256(record + b"\0" + body).hexdigest()[:16]


def record_bytes(record: Mapping[str, Any]) -> bytes:
    """Return a record as the bytes of its JSON file."""
    return (json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def edition_paths(chart: str, name: str) -> tuple[str, str, str]:
    """Return the paths of an edition's record, body and picture in the project."""
    return (
        f"{FOLDER}/{chart}/{name}.json",
        f"{FOLDER}/{chart}/{name}.html",
        f"{FOLDER}/{chart}/{name}.png",
    )


def read(
    seeds: Mapping[str, bytes],
    problems: Problems,
    scripts: Collection[str] = FRAMES,
    known_styles: Collection[str] | None = allowed_styles.RELEASED,
) -> dict[str, tuple[Edition, ...]]:
    """Return the editions by chart id, oldest first.

    Adds a problem for each edition that is not as it was released, and leaves that edition out.

    ``scripts`` and ``known_styles`` are the CSP source expressions of the scripts and styles that
    an edition may have. If ``known_styles`` is ``None``, any style may be there.
    """
    found: dict[str, list[Edition]] = {}
    for chart, name in _names(seeds, problems):
        edition = _edition(seeds, chart, name, problems, scripts, known_styles)
        if edition is not None:
            found.setdefault(chart, []).append(edition)
    for editions in found.values():
        editions.sort(key=lambda edition: (edition.date, edition.id))
        _check_chain(editions, problems)
    return {chart: tuple(editions) for chart, editions in found.items()}


def check_charts(
    editions: Mapping[str, Sequence[Edition]], charts: Collection[str], problems: Problems
) -> None:
    """Add a problem for each chart that has editions but is not in ``charts``.

    The pages of its editions would link to a page that does not exist.
    """
    for chart, each in editions.items():
        if chart not in charts:
            message = f"'{chart}' was released, and is no chart of the seeds any more"
            hint = (
                "put its record back, with 'withdrawn: {date: …, reason: …}' if it is no longer"
                " said"
            )
            problems.add(Place(edition_paths(chart, each[0].id)[0]), "edition-chart", message, hint)


def _names(seeds: Mapping[str, bytes], problems: Problems) -> Iterator[tuple[str, str]]:
    """Yield the chart and the id of each edition of which at least one file exists.

    Adds a problem for each file in the folder that is not part of an edition.
    """
    seen: dict[tuple[str, str], None] = {}
    for path in sorted(path for path in seeds if path.startswith(f"{FOLDER}/")):
        match = _PATH.fullmatch(path)
        if match:
            seen[match["chart"], match["id"]] = None
        else:
            problems.add(
                Place(path),
                "edition-file",
                f"'{path[:80]}' is no edition",
                "make release alone writes there; move it away",
            )
    yield from seen


def _edition(
    seeds: Mapping[str, bytes],
    chart: str,
    name: str,
    problems: Problems,
    scripts: Collection[str],
    known_styles: Collection[str] | None,
) -> Edition | None:
    record, body, picture = (seeds.get(path) for path in edition_paths(chart, name))
    places = [Place(path) for path in edition_paths(chart, name)]
    place = places[record is not None]
    if record is None or body is None:
        hint = f"{_BACK}; a half that was never committed may be taken out"
        problems.add(
            place,
            "edition-missing",
            f"'{place.path}' is gone, and the rest of the edition is not",
            hint,
        )
        return None
    if edition_id(record, body) != name:
        ends = edition_id(with_line_feeds(record), with_line_feeds(body)) == name
        how = (
            "has other line ends than those that it was released with"
            if ends
            else "is not what was released"
        )
        message = f"edition {name} of '{chart}' {how}"
        problems.add(
            places[1],
            "edition-changed",
            message,
            line_ends_hint(f"{FOLDER}/{chart}") if ends else _BACK,
        )
        return None
    values = edition_pages.record_of(record)
    fault = (
        values
        if isinstance(values, str)
        else None
        if values["chart"] == chart
        else f"it is of '{str(values['chart'])[:40]}'"
    )
    if isinstance(values, str) or fault:
        problems.add(
            place, "edition-file", f"'{place.path}' was not written by a release: {fault}", _OUT
        )
        return None
    text = _body(places[1], body, values, problems, scripts, known_styles)
    if text is None:
        return None
    if (hashlib.sha256(picture).hexdigest() if picture is not None else None) != values.get(
        "picture"
    ):
        rule = "edition-missing" if picture is None else "edition-changed"
        problems.add(
            places[2],
            rule,
            f"the picture of edition {name} of '{chart}' is not what was released",
            _BACK,
        )
        return None
    return Edition(name, text, values, picture or b"")


def _body(
    place: Place,
    data: bytes,
    record: Mapping[str, Any],
    problems: Problems,
    scripts: Collection[str],
    known_styles: Collection[str] | None,
) -> str | None:
    """Return the text of an edition's page, or ``None`` if no release can have written it."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        problems.add(
            place,
            "edition-file",
            f"'{place.path}' was not written by a release: it is not UTF-8",
            _OUT,
        )
        return None
    found = list(dict.fromkeys(edition_pages.page_faults(text, scripts, record, known_styles)))
    if text.count(SLOT) != 1:
        found.append(("it has no one place for a notice", 0))
    for fault, at in found:
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        problems.add(
            Place(place.path, line, column),
            "edition-file",
            f"'{place.path}' was not written by a release: {fault}",
            _OUT,
        )
    return None if found else text


def _check_chain(editions: list[Edition], problems: Problems) -> None:
    known = {edition.id for edition in editions}
    for edition in editions:
        before = edition.record["follows"]
        if before is not None and before not in known:
            message = f"edition {before} of '{edition.chart}' is gone; {edition.id} follows it"
            place = Place(edition_paths(edition.chart, edition.id)[0])
            problems.add(
                place,
                "edition-missing",
                message,
                "put it back as it was released (git checkout has it)",
            )


# Editions and the git history


def check_released(project: Path, seeds: Mapping[str, bytes], problems: Problems) -> None:
    """Add a problem for each file of an edition that was changed or removed since its first commit.

    If the history cannot be checked and there are editions, add a remark that says so. A history
    that cannot be read is also a problem.
    """
    why = ""
    try:
        history = History.of(project)
        if isinstance(history, NoHistory):
            why = history.why
        elif history.is_shallow:  # assemble/past.py reports it
            why = "it is shallow; fetch it whole"
        else:
            told = {problem.place.path for problem in problems}
            problems.extend(limited(_changed(history, seeds, told)))
    except Unreadable as unreadable:
        problems.extend([unchecked(unreadable)])
        why = unreadable.why
    if why and any(path.startswith(f"{FOLDER}/") for path in seeds):
        problems.remarks.append(
            f"The editions have the names of their content; history not checked: {why}."
        )


def unchecked(unreadable: Unreadable) -> Problem:
    """Return the problem that a history could not be checked, or only in part."""
    return Problem(
        Place("mkdocs.yml"),
        "history-unchecked",
        f"the history was not checked: {unreadable.why}",
        unreadable.hint,
    )


def _changed(
    history: History, seeds: Mapping[str, bytes], told: Container[str]
) -> Iterator[Problem]:
    """Yield a problem for each file of an edition that is not as it was first committed.

    ``told`` are the paths for which a problem is reported already.
    """
    for path, blob in sorted(
        (path, blob) for path, blob in history.added(FOLDER).items() if path not in told
    ):
        hint = f"put it back: git log --diff-filter=A -- {path} names the commit that has it"
        if path not in seeds:
            yield Problem(
                Place(path), "edition-missing", f"'{path}' was released and is gone", hint
            )
        elif _blob(seeds[path], blob) != blob:
            ends = _blob(with_line_feeds(seeds[path]), blob) == blob
            how = line_ends_hint(path) if ends else hint
            yield Problem(
                Place(path), "edition-changed", f"'{path}' is not what was first committed", how
            )


def _blob(data: bytes, like: str) -> str:
    """Return the object name that git gives to some bytes.

    The hash is SHA-1 or SHA-256, as in the object name ``like``.
    """
    kind = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    return kind(b"blob %d\0" % len(data) + data).hexdigest()
