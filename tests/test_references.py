"""References: what pandoc makes of a source in each style, and what other people's libraries read of our BibTeX and RIS."""

from __future__ import annotations

import functools
import html
import re

import pytest
import rispy
import yaml
from pybtex.database import parse_string
from pydantic import ValidationError
from references import NAMES, made_sources
from support import CASES

from explainer.incremental.cache import Cache
from explainer.model.records import Name, Source
from explainer.publish.catalogue import reference_catalogue
from explainer.render import citations
from explainer.render.bibtex import bibtex
from explainer.render.citations import (
    STYLES,
    Item,
    Style,
    csl_date,
    csl_name,
    edtf_date,
    format_references,
    source_item,
)
from explainer.render.ris import ris

HARD = CASES / "references" / "sources.yaml"


@functools.cache
def sources() -> dict[str, Source]:
    """Eight kinds of reference, and the hard ones, by id."""
    records = yaml.load(HARD.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return {record["id"]: Source.model_validate(record) for record in records}


@functools.cache
def items() -> tuple[Item, ...]:
    """The same after CSL-JSON."""
    return tuple(source_item(source, reference_catalogue()) for source in sources().values())


def plain(markup: str) -> str:
    """A reference as a reader sees it."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.id)
def test_every_reference_says_what_the_source_says(style: Style) -> None:
    """Each style prints each title to the letter, but for case and quotation marks, with its author and its year."""
    made = format_references({style: items()}, Cache())[style]
    assert made.keys() == sources().keys()
    for name, source in sources().items():
        said = re.sub(r"[“”‘’\"«»'„]", "", plain(made[name])).casefold()
        assert re.sub(r"[“”‘’\"«»'„]", "", source.title).casefold() in said, (name, said)
        for author in map(str, source.authors):
            assert author.casefold() in said or author.split()[-1].casefold() in said, (name, said)
        if source.issued and source.issued.first:
            assert str(source.issued.first.year) in said, (name, said)


@pytest.mark.parametrize("style", ["chicago-author-date", "apa"])
def test_two_works_of_one_author_and_year_are_told_apart(style: str) -> None:
    """Styles that cite by author and year put a letter to the year, another for each work."""
    (made,) = format_references(
        {each: items() for each in STYLES if each.id == style}, Cache()
    ).values()
    years = {
        re.search(r"2025([a-z])", plain(made[name])).group(1) for name in ("kluge-one", "kluge-two")
    }  # type: ignore[union-attr]
    assert years == {"a", "b"}


def test_a_reference_holds_no_markup_of_a_title() -> None:
    """CSL takes tags in a title for emphasis; ours are shown as they were written."""
    for made in (
        references["marks"]
        for references in format_references(dict.fromkeys(STYLES, items()), Cache()).values()
    ):
        assert set(re.findall(r"<(\w+)", made)) <= {"a", "em"}
        assert "<i>" in plain(made)


def test_a_reference_is_kept_by_the_code_that_made_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What another generator kept is not taken: our own code cuts references out of what pandoc prints."""
    cache, made = Cache(), list[object]()
    monkeypatch.setattr(
        citations, "_format", lambda jobs: made.append(jobs) or tuple(b"{}" for _ in jobs)
    )  # type: ignore[func-returns-value]
    for code in ("one", "one", "another"):
        monkeypatch.setattr("explainer.incremental.cache.code", lambda code=code: code)
        format_references(dict.fromkeys(STYLES, items()), cache)
    assert len(made) == 2


def braced(text: str) -> str:
    """A BibTeX field as a reader sees it."""
    named = {
        "backslash": "\0",
        "asciitilde": "~",
        "asciicircum": "^",
        "braceleft": "\1",
        "braceright": "\2",
    }
    text = re.sub(r"\{\}(?=[-'`])", "", text)
    text = re.sub(r"\\text(\w+)\{\}", lambda match: named[match[1]], text)
    text = re.sub(r"\\([%#&$_{}])", r"\1", re.sub(r"(?<!\\)[{}]", "", text))
    return text.translate({0: "\\", 1: "{", 2: "}"})


def test_bibtex_is_read_back_with_nothing_lost() -> None:
    """Pybtex reads of each source what the ledger holds."""
    entries = parse_string(bibtex(items()), "bibtex").entries
    assert list(entries) == list(sources())
    for name, source in sources().items():
        fields, people = entries[name].fields, entries[name].persons.get("author", [])
        assert braced(fields["title"]) == (
            f"[{source.title}]" if source.described else source.title
        )
        assert source.publisher in {
            braced(fields.get(key, ""))
            for key in ("journal", "howpublished", "publisher", "institution")
        }
        assert [braced(str(person)) for person in people] == list(map(str, source.authors))
        assert fields.get("url") == source.url
        assert fields["language"] == source.language
        known = source.issued is not None and source.issued.first is not None
        assert fields.get("date", "").rstrip("~") == (
            source.issued.text.rstrip("~") if known and source.issued else ""
        )


def test_ris_is_read_back_with_nothing_lost() -> None:
    """Rispy reads of each source what the ledger holds."""
    for source, entry in zip(sources().values(), rispy.loads(ris(items())), strict=True):
        assert entry["id"] == source.id
        assert entry["title"] == (f"[{source.title}]" if source.described else source.title)
        assert source.publisher in (entry.get("secondary_title"), entry.get("publisher"))
        assert entry.get("authors", []) == list(map(str, source.authors))
        assert entry.get("urls", [None])[0] == source.url
        if source.issued and source.issued.first and not source.issued.is_spell:
            year, month, day, circa = entry["date"].split("/")
            assert "-".join(filter(None, [year, month, day])) == source.issued.text.rstrip("~")
            assert bool(circa) == source.issued.text.endswith("~")


def test_an_unknown_year_is_told_in_words() -> None:
    """A date without its year is no date for a reference; the note says what is known of it."""
    made = source_item(sources()["no-year"], reference_catalogue())
    assert "issued" not in made
    assert "7 June" in made["note"]


def test_the_real_sources_are_read_back() -> None:
    """Every source of this site is in both formats, once, under its own id."""
    records = [each for path in sorted((CASES.parents[1] / "seeds" / "sources").glob("*.yaml"))
               for each in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)]  # fmt: skip
    made = [source_item(Source.model_validate(record), reference_catalogue()) for record in records]
    assert list(parse_string(bibtex(made), "bibtex").entries) == [
        record["id"] for record in records
    ]
    assert [entry["id"] for entry in rispy.loads(ris(made))] == [record["id"] for record in records]


DATES = {
    "2025": ([[2025]], False),
    "2025-07": ([[2025, 7]], False),
    "2025-07-07~": ([[2025, 7, 7]], True),
    "2025-04-01/2025-07-15": ([[2025, 4, 1], [2025, 7, 15]], False),
    "2004-XX": ([[2004]], False),
    "2004-06-XX": ([[2004, 6]], False),
    "2004-XX-12": ([[2004]], False),
    "199X": ([[1990], [1999]], True),
    "19XX": ([[1900], [1999]], True),
    "156X-12-25": ([[1560], [1569]], True),
    "2004-~06": ([[2004, 6]], True),
    "2025/..": ([[2025], [0]], False),
    "2025/": ([[2025], [0]], False),
    "../2025": ([[2025]], True),
    "/2025": ([[2025]], True),
    "[1667,1668,1670..1672]": ([[1667], [1672]], True),
    "{1960,1961-12}": ([[1960], [1961, 12]], False),
    "[..1760-12-03]": ([[1760, 12, 3]], True),
    "0987": ([[987]], False),
    "0000": ([[-1]], False),
    "-0043-03-15": ([[-44, 3, 15]], False),
    "-012X": ([[-130], [-121]], True),
    "Y12000": ([[12000]], False),
    "Y-17E3": ([[-17001]], False),
    "2001-33": ([[2001]], False),
}
"""Dates in EDTF, with their parts in CSL, and whether CSL is told that they are uncertain. CSL knows no year 0: -44 is 44 BC."""


@pytest.mark.parametrize("text", DATES)
def test_a_date_in_part_known_is_a_date(text: str) -> None:
    """What is known of a date stands in CSL; BibLaTeX is given the same, and reads it back as what it was."""
    parts, circa = DATES[text]
    found = csl_date(text)
    assert found is not None
    assert (found["date-parts"], found.get("circa", False)) == (parts, circa)
    assert csl_date(edtf_date(found)) == found


@pytest.mark.parametrize("text", ["XXXX", "XXXX-06-07", "XXXX-06"])
def test_a_date_without_a_year_is_no_date(text: str) -> None:
    """No empty list of parts is made of it, which CSL forbids."""
    assert csl_date(text) is None


@pytest.mark.parametrize(
    ("text", "season", "word"),
    [("2001-21", 1, "spring"), ("2001-24", 4, "winter"), ("2001-30", 2, "summer")],
)
def test_a_season_is_a_season(text: str, season: int, word: str) -> None:
    """CSL has its number, RIS its word, BibLaTeX its code; no month is made of it."""
    issued = csl_date(text)
    assert issued == {"date-parts": [[2001]], "season": season}
    made: Item = {"id": "s", "type": "book", "title": "T", "issued": issued}
    assert f"DA  - 2001///{word}" in ris([made])
    fields = parse_string(bibtex([made]), "bibtex").entries["s"].fields
    assert (fields["year"], fields["date"], "month" in fields) == (
        "2001",
        f"2001-{20 + season}",
        False,
    )


def test_dates_in_libraries() -> None:
    """BibTeX and RIS have the first year, what else is known of it, and both ends of a spell."""
    kept = {}
    for text in ("199X", "2025-04-01/2025-07-15", "-0043", "2025/..", "2025-07~"):
        made: Item = {"id": "s", "type": "book", "title": "T", "issued": csl_date(text)}
        fields = parse_string(bibtex([made]), "bibtex").entries["s"].fields
        (read,) = rispy.loads(ris([made]))
        kept[text] = (fields["year"], fields["date"], read["year"], read["date"])
    assert kept == {
        "199X": ("1990--1999", "1990~/1999~", "1990", "1990///1990 to 1999 (circa)"),
        "2025-04-01/2025-07-15": (
            "2025",
            "2025-04-01/2025-07-15",
            "2025",
            "2025/04/01/2025-04-01 to 2025-07-15",
        ),
        "-0043": ("44 BC", "-0043", "44 BC", "-0043///"),
        "2025/..": ("2025", "2025/..", "2025", "2025///2025 and later"),
        "2025-07~": ("2025", "2025-07~", "2025", "2025/07//circa"),
    }


PRINTED = {
    "Dutch": ("Berg, Vincent van den", "van den Berg, V."),
    "Belgian": ("Van den Berg, Jan", "Van den Berg, J."),
    "German": ("Goethe, Johann Wolfgang von", "Goethe, J. W. von"),
    "with a suffix": ("King, Martin Luther, Jr.", "King, M. L., Jr."),
    "Chinese": ("毛泽东", "毛泽东"),
    "of one word": ("Suharto", "Suharto"),
    "Ukrainian": ("Стус, Василь Семенович", "Стус, В. С."),
    "institution with a comma": ("Ministry of Health, Ukraine", "Ministry of Health, Ukraine"),
    "Chinese institution": ("国家统计局", "国家统计局"),
}
"""Names as Chicago and APA begin a reference."""


def test_a_reference_begins_with_the_family_name() -> None:
    """Each style inverts, shortens and sorts a person's name by its own rule, and leaves an institution's as it is."""
    made = [
        {
            "id": f"n{number}",
            "type": "book",
            "title": "T",
            "author": [csl_name(Name.model_validate(NAMES[kind]))],
        }
        for number, kind in enumerate(PRINTED)
    ]
    chicago, apa, _ = (format_references({style: made}, Cache())[style] for style in STYLES)
    for each, (in_chicago, in_apa) in zip(made, PRINTED.values(), strict=True):
        assert plain(chicago[each["id"]]).startswith(in_chicago)
        assert plain(apa[each["id"]]).startswith(in_apa)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.id)
def test_every_type_is_printed_whole(style: Style) -> None:
    """Every style prints the title and the year of a source of each type, with an author and without."""
    made = [source_item(source, reference_catalogue()) for source in made_sources()]
    found = format_references({style: made}, Cache())[style]
    for each in made:
        said = plain(found[each["id"]])
        letters = re.sub(r"\W", "", said).casefold()
        assert re.sub(r"\W", "", each["title"]).casefold() in letters, (each["id"], said)
        if "issued" in each:
            assert str(each["issued"]["date-parts"][0][0]) in said, (each["id"], said)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Vincent van den Berg", "Vincent van den Berg"),
        (NAMES["Dutch"], "Vincent van den Berg"),
        (NAMES["German"], "Johann Wolfgang von Goethe"),
        (NAMES["French"], "Jean de La Fontaine"),
        (NAMES["with an apostrophe"], "Jean d'Alembert"),
        (NAMES["with a suffix"], "Martin Luther King Jr."),
        (NAMES["Chinese"], "毛泽东"),
        (NAMES["Hungarian"], "Orbán Viktor"),
        (NAMES["of one word"], "Suharto"),
        ({"literal": "Ministry of Health, Ukraine"}, "Ministry of Health, Ukraine"),
    ],
)
def test_a_name_is_said_as_its_language_does(name: object, said: str) -> None:
    """On a source's own page and in the ledger's files a name stands in its natural order."""
    assert str(Name.model_validate(name)) == said


@pytest.mark.parametrize(
    "name",
    [
        {},
        {"given": "Ida"},
        {"family": "Holm", "literal": "Ida Holm"},
        {"literal": "Ida", "given": "I"},
        ["Ida"],
    ],
)
def test_a_name_has_one_form(name: object) -> None:
    """A name is text, a family name with what belongs to it, or a whole name."""
    with pytest.raises(ValidationError, match="a name"):
        Name.model_validate(name)
