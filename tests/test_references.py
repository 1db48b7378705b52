"""References: what pandoc makes of a source in each style, and what other people's libraries read of our BibTeX and RIS."""

from __future__ import annotations

import html
import re
from functools import cache

import pytest
import rispy
import yaml
from pybtex.database import parse_string
from support import CASES

from explainer.records import Source
from explainer.references import formatted as module
from explainer.references.bibtex import bibtex
from explainer.references.csl import Item, item
from explainer.references.formatted import STYLES, Style, formatted
from explainer.references.ris import ris
from explainer.shelf import Shelf
from explainer.wording.catalogue import english

HARD = CASES / "references" / "sources.yaml"


@cache
def sources() -> dict[str, Source]:
    """Eight kinds of reference, and the hard ones, by id."""
    records = yaml.load(HARD.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return {record["id"]: Source.model_validate(record) for record in records}


@cache
def items() -> tuple[Item, ...]:
    """The same after CSL-JSON."""
    return tuple(item(source, english()) for source in sources().values())


def plain(markup: str) -> str:
    """A reference as a reader sees it."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.id)
def test_every_reference_says_what_the_source_says(style: Style) -> None:
    """Each style prints each title to the letter, but for case and quotation marks, with its author and its year."""
    made = formatted({style: items()}, Shelf())[style]
    assert made.keys() == sources().keys()
    for name, source in sources().items():
        said = re.sub(r"[“”‘’\"«»'„]", "", plain(made[name])).casefold()
        assert re.sub(r"[“”‘’\"«»'„]", "", source.title).casefold() in said, (name, said)
        assert all(author.casefold() in said or author.split()[-1].casefold() in said for author in source.authors), (name, said)
        if source.issued and source.issued.first:
            assert str(source.issued.first.year) in said, (name, said)


@pytest.mark.parametrize("style", ["chicago-author-date", "apa"])
def test_two_works_of_one_author_and_year_are_told_apart(style: str) -> None:
    """Styles that cite by author and year put a letter to the year, another for each work."""
    (made,) = formatted({each: items() for each in STYLES if each.id == style}, Shelf()).values()
    years = {re.search(r"2025([a-z])", plain(made[name])).group(1) for name in ("kluge-one", "kluge-two")}  # type: ignore[union-attr]
    assert years == {"a", "b"}


def test_a_reference_holds_no_markup_of_a_title() -> None:
    """CSL takes tags in a title for emphasis; ours are shown as they were written."""
    for made in (references["marks"] for references in formatted(dict.fromkeys(STYLES, items()), Shelf()).values()):
        assert set(re.findall(r"<(\w+)", made)) <= {"a", "em"}
        assert "<i>" in plain(made)


def test_a_reference_is_kept_by_the_code_that_made_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What another generator kept is not taken: our own code cuts references out of what pandoc prints."""
    shelf, made = Shelf(), list[object]()
    monkeypatch.setattr(module, "_format", lambda jobs: made.append(jobs) or tuple(b"{}" for _ in jobs))  # type: ignore[func-returns-value]
    for code in ("one", "one", "another"):
        monkeypatch.setattr("explainer.shelf.code", lambda code=code: code)
        formatted(dict.fromkeys(STYLES, items()), shelf)
    assert len(made) == 2


def braced(text: str) -> str:
    """A BibTeX field as a reader sees it."""
    text = re.sub(
        r"\\text(backslash|asciitilde|asciicircum)\{\}", lambda m: {"backslash": "\0", "asciitilde": "~", "asciicircum": "^"}[m[1]], text
    )
    return re.sub(r"\\([%#&$_{}])", r"\1", re.sub(r"(?<!\\)[{}]", "", text)).replace("\0", "\\")


def test_bibtex_is_read_back_with_nothing_lost() -> None:
    """Pybtex reads of each source what the ledger holds."""
    entries = parse_string(bibtex(items()), "bibtex").entries
    assert list(entries) == list(sources())
    for name, source in sources().items():
        fields, people = entries[name].fields, entries[name].persons.get("author", [])
        assert braced(fields["title"]) == (f"[{source.title}]" if source.described else source.title)
        assert source.publisher in {braced(fields.get(key, "")) for key in ("journal", "howpublished", "publisher")}
        assert [braced(str(person)) for person in people] == list(source.authors)
        assert fields.get("url") == source.url
        assert fields["language"] == source.language
        known = source.issued is not None and source.issued.first is not None
        assert fields.get("date", "").rstrip("~") == (source.issued.text.rstrip("~") if known and source.issued else "")


def test_ris_is_read_back_with_nothing_lost() -> None:
    """Rispy reads of each source what the ledger holds."""
    for source, entry in zip(sources().values(), rispy.loads(ris(items())), strict=True):
        assert entry["id"] == source.id
        assert entry["title"] == (f"[{source.title}]" if source.described else source.title)
        assert source.publisher in (entry.get("secondary_title"), entry.get("publisher"))
        assert entry.get("authors", []) == list(source.authors)
        assert entry.get("urls", [None])[0] == source.url
        if source.issued and source.issued.first and not source.issued.is_spell:
            year, month, day, circa = entry["date"].split("/")
            assert "-".join(filter(None, [year, month, day])) == source.issued.text.rstrip("~")
            assert bool(circa) == source.issued.text.endswith("~")


def test_an_unknown_year_is_told_in_words() -> None:
    """A date without its year is no date for a reference; the note says what is known of it."""
    made = item(sources()["no-year"], english())
    assert "issued" not in made
    assert "XXXX-06-07" in made["note"]


def test_the_real_sources_are_read_back() -> None:
    """Every source of this site is in both formats, once, under its own id."""
    records = [each for path in sorted((CASES.parents[1] / "seeds" / "sources").glob("*.yaml"))
               for each in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)]  # fmt: skip
    made = [item(Source.model_validate(record), english()) for record in records]
    assert list(parse_string(bibtex(made), "bibtex").entries) == [record["id"] for record in records]
    assert [entry["id"] for entry in rispy.loads(ris(made))] == [record["id"] for record in records]
