"""Other people's programs read our BibTeX, RIS and CSL-JSON: pybtex, bibtexparser, rispy and Citation.js."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bibtexparser
import node
import pytest
import rispy
from bibtexparser import middlewares
from pybtex import PybtexEngine
from pybtex.database import BibliographyData, Person, parse_string
from references import NAMES, made_sources, site_sources
from test_references import braced

from explainer.model.records import Name, Source
from explainer.publish.catalogue import reference_catalogue
from explainer.render.bibtex import bibtex
from explainer.render.citations import Item, csl_name, source_item
from explainer.render.ris import ris

REQUIRED = {
    "article": ("author", "title", "journal", "year"),
    "book": ("author editor", "title", "publisher", "year"),
    "incollection": ("author", "title", "booktitle", "publisher", "year"),
    "inproceedings": ("author", "title", "booktitle", "year"),
    "techreport": ("author", "title", "institution", "year"),
    "phdthesis": ("author", "title", "school", "year"),
    "misc": (),
}
"""What each type of entry must have, by the manual of BibTeX; of two joined by a space, one."""
IN_CONTAINER = {
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "chapter",
    "entry-encyclopedia",
    "post-weblog",
}
"""Types that stand in something else in every form."""
SOURCES = pytest.mark.parametrize("sources", [site_sources, made_sources], ids=["site", "made"])
Sources = Callable[[], tuple[Source, ...]]


def items_of(sources: Sources) -> list[Item]:
    """Sources after CSL-JSON."""
    return [source_item(source, reference_catalogue()) for source in sources()]


def source_by(name: object, **more: object) -> Source:
    """A report of one author, of 2024."""
    known = {
        "id": "s", "type": "report", "title": "Land and people", "publisher": "The office", "authors": [name],
        "issued": "2024", "language": "en", "read": "excerpt",
    }  # fmt: skip
    return Source.model_validate(known | more)


def read_by_pybtex(items: list[Item]) -> BibliographyData:
    """What pybtex reads of our BibTeX."""
    return parse_string(bibtex(items), "bibtex")


def read_by_citation_js(form: str, items: list[Item], folder: Path) -> list[dict[str, Any]]:
    """What Citation.js reads of a form of ours."""
    write = {"bibtex": bibtex, "biblatex": bibtex, "ris": ris, "csl": json.dumps}[form]
    file = folder / form
    file.write_bytes(write(items).encode())
    found: list[dict[str, Any]] = node.ask("references", form, file)
    return found


STYLES = [
    pytest.param(
        style, abbreviated, marks=() if (row % 2 == 0) == abbreviated else pytest.mark.audit
    )
    for row, style in enumerate(("plain", "unsrt", "alpha", "unsrtalpha"))
    for abbreviated in (False, True)
]
"""Every style of pybtex, with names in full or abbreviated; both ways in the audit."""


@SOURCES
@pytest.mark.parametrize(("style", "abbreviated"), STYLES)
def test_every_style_formats_every_entry(style: str, abbreviated: bool, sources: Sources) -> None:
    """No style of pybtex stops or warns at an entry, and each makes one of each; pybtex raises both here."""
    text = bibtex(items_of(sources))
    made = PybtexEngine().format_from_string(text, style=style, abbreviate_names=abbreviated)
    assert made.count("\\bibitem") == len(sources())


@SOURCES
def test_every_entry_has_what_its_type_requires(sources: Sources) -> None:
    """No entry lacks a required field, and none is of a type that BibTeX does not know."""
    for key, entry in read_by_pybtex(items_of(sources)).entries.items():
        known = {*entry.fields, *entry.persons}
        for names in REQUIRED[entry.type]:
            assert known & set(names.split()), (key, entry.type, names)
        assert "author" in known or "editor" in known or "key" in known, (
            f"{key} has nothing to sort by"
        )


@pytest.mark.parametrize(
    ("kind", "known", "expected", "fields"),
    [
        ("report", {}, "techreport", {"institution": "The office"}),
        ("thesis", {}, "phdthesis", {"school": "The office", "type": "Thesis"}),
        (
            "thesis",
            {"genre": "Дисертація"},
            "phdthesis",
            {"school": "The office", "type": "Дисертація"},
        ),
        ("book", {}, "book", {"publisher": "The office"}),
        (
            "chapter",
            {"container": "A book"},
            "incollection",
            {"booktitle": "A book", "publisher": "The office"},
        ),
        ("chapter", {}, "misc", {"howpublished": "The office"}),
        ("paper-conference", {"container": "Papers"}, "inproceedings", {"booktitle": "Papers"}),
        (
            "article-journal",
            {"container": "Nature"},
            "article",
            {"journal": "Nature", "publisher": "The office"},
        ),
        ("article-newspaper", {}, "article", {"journal": "The office"}),
        (
            "article-newspaper",
            {"authors": []},
            "misc",
            {"howpublished": "The office", "key": "The office"},
        ),
        ("report", {"authors": []}, "misc", {"howpublished": "The office", "key": "The office"}),
        ("report", {"issued": "XXXX-06-07"}, "misc", {"howpublished": "The office"}),
        ("book", {"authors": [], "editors": ["Ada"]}, "book", {"publisher": "The office"}),
        ("legislation", {}, "misc", {"howpublished": "The office"}),
        ("webpage", {}, "misc", {"howpublished": "The office"}),
    ],
)
def test_the_type_is_one_whose_fields_are_known(
    kind: str, known: dict[str, object], expected: str, fields: dict[str, str]
) -> None:
    """A report has an institution, a thesis a school; what lacks a required field is ``misc``, and keeps what is known."""
    source = source_by("Ada", type=kind, **known)
    entry = read_by_pybtex([source_item(source, reference_catalogue())]).entries["s"]
    assert entry.type == expected
    assert {name: braced(entry.fields[name]) for name in fields} == fields


NAMES_IN_BIBTEX = {
    "institution with a comma": ([], [], ["Ministry of Health, Ukraine"], []),
    "institution with an and": ([], [], ["Barnes and Noble"], []),
    "Chinese institution": ([], [], ["国家统计局"], []),
    "institution with marks": ([], [], ["Smith {& Sons}: 100% #1 \\ a_b ~ $"], []),
    "Dutch": (["Vincent"], ["van", "den"], ["Berg"], []),
    "Belgian": (["Jan"], [], ["Van den Berg"], []),
    "German": (["Johann", "Wolfgang"], ["von"], ["Goethe"], []),
    "French": (["Jean"], ["de"], ["La Fontaine"], []),
    "with an apostrophe": (["Jean"], [], ["d'Alembert"], []),
    "with a suffix": (["Martin", "Luther"], [], ["King"], ["Jr."]),
    "Spanish": (["José"], [], ["Ortega y Gasset"], []),
    "of one word": ([], [], ["Suharto"], []),
    "of one name in four words": ([], [], ["Aung San Suu Kyi"], []),
    "without capitals": (["bell"], [], ["hooks"], []),
    "Chinese": (["泽东"], [], ["毛"], []),
    "Hungarian": (["Viktor"], [], ["Orbán"], []),
    "Ukrainian": (["Василь", "Семенович"], [], ["Стус"], []),
    "Arabic": (["محمد"], [], ["بن سلمان"], []),
}
"""Given names, particles, family name and suffix, as programs for BibTeX part a name."""
NAMES_IN_RIS = {
    "institution with a comma": {"literal": "Ministry of Health\u201a Ukraine"},
    "institution with an and": {"literal": "Barnes and Noble"},
    "Chinese institution": {"family": "国家统计局"},
    "institution with marks": {"literal": "Smith {& Sons}: 100% #1 \\ a_b ~ $"},
    "Dutch": {"family": "van den Berg", "given": "Vincent"},
    "Belgian": {"family": "Van den Berg", "given": "Jan"},
    "German": {"family": "Goethe", "given": "Johann Wolfgang von"},
    "French": {"family": "La Fontaine", "given": "Jean de"},
    "with an apostrophe": {"family": "d'Alembert", "given": "Jean"},
    "with a suffix": {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
    "Spanish": {"family": "Ortega y Gasset", "given": "José"},
    "of one word": {"family": "Suharto"},
    "of one name in four words": {"literal": "Aung San Suu Kyi"},
    "without capitals": {"family": "hooks", "given": "bell"},
    "Chinese": {"family": "毛", "given": "泽东"},
    "Hungarian": {"family": "Orbán", "given": "Viktor"},
    "Ukrainian": {"family": "Стус", "given": "Василь Семенович"},
    "Arabic": {"family": "بن سلمان", "given": "محمد"},
}
"""As Citation.js takes apart an author of RIS. It calls one word a family name."""


def parts_of(person: Person) -> tuple[list[str], ...]:
    """A person's names as pybtex parts them, without braces."""
    given = [*person.first_names, *person.middle_names]
    parted = (given, person.prelast_names, person.last_names, person.lineage_names)
    return tuple([braced(word) for word in part] for part in parted)


@pytest.mark.parametrize("kind", NAMES)
def test_two_programs_part_each_name_in_bibtex_alike(kind: str) -> None:
    """Pybtex and bibtexparser find the family name, the particle and the suffix, and leave an institution whole."""
    text = bibtex([source_item(source_by(NAMES[kind]), reference_catalogue())])
    (person,) = parse_string(text, "bibtex").entries["s"].persons["author"]
    assert parts_of(person) == NAMES_IN_BIBTEX[kind]
    apart = [middlewares.SeparateCoAuthors(), middlewares.SplitNameParts()]
    (name,) = bibtexparser.parse_string(text, append_middleware=apart).entries[0]["author"]
    found = (name.first, name.von, name.last, name.jr)
    assert tuple([braced(word) for word in part] for part in found) == NAMES_IN_BIBTEX[kind]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ({"family": "hooks", "given": "bell"}, "{hooks}, bell"),
        ({"family": "deadmau5"}, "{deadmau5}"),
        ({"family": "шевченко", "given": "тарас"}, "{шевченко}, тарас"),
        ({"family": "ortega y gasset", "given": "josé"}, "{ortega y gasset}, josé"),
        ({"family": "hooks", "given": "bell", "particle": "de"}, "de {hooks}, bell"),
        ({"family": "Berg", "given": "Vincent", "particle": "van den"}, "van den Berg, Vincent"),
        ({"family": "毛", "given": "泽东"}, "毛, 泽东"),
    ],
)
def test_a_family_name_that_begins_small_is_no_particle(name: dict[str, str], written: str) -> None:
    """Braces keep it whole for programs that take any word in small letters for a particle; others need none."""
    assert f"author = {{{written}}}" in bibtex(
        [source_item(source_by(name), reference_catalogue())]
    )


def test_citation_js_parts_each_name_in_bibtex_and_in_ris(tmp_path: Path) -> None:
    """Citation.js reads the family name of every person and one whole name of every institution."""
    items = [
        source_item(source_by(name, id=f"s{number}"), reference_catalogue())
        for number, name in enumerate(NAMES.values())
    ]
    for form in ("bibtex", "biblatex"):
        for kind, entry in zip(NAMES, read_by_citation_js(form, items, tmp_path), strict=True):
            (name,) = entry["author"]
            given, particles, family, suffix = NAMES_IN_BIBTEX[kind]
            assert name.get("family", name.get("literal")) == " ".join(family), kind
            assert name.get("given", "") == " ".join(given), kind
            particle = name.get("non-dropping-particle") or name.get("dropping-particle") or ""
            assert (particle, name.get("suffix", "")) == (" ".join(particles), " ".join(suffix)), (
                kind
            )
    for kind, entry in zip(NAMES, read_by_citation_js("ris", items, tmp_path), strict=True):
        assert entry["author"] == [NAMES_IN_RIS[kind]], kind


def test_csl_json_has_the_parts_of_a_name() -> None:
    """CSL tells a particle that stays with the family name from one that is dropped, and keeps an institution whole."""
    made = {kind: csl_name(Name.model_validate(name)) for kind, name in NAMES.items()}
    assert made["Dutch"] == {
        "family": "Berg",
        "given": "Vincent",
        "non-dropping-particle": "van den",
    }
    assert made["German"] == {
        "family": "Goethe",
        "given": "Johann Wolfgang",
        "dropping-particle": "von",
    }
    assert made["Hungarian"] == {"family": "Orbán", "given": "Viktor", "static-ordering": True}
    assert made["institution with a comma"] == {"literal": "Ministry of Health, Ukraine"}


def printed(text: str) -> str:
    """A text of our files as Citation.js gives it: it makes apostrophes typographic, as LaTeX does."""
    return text.replace("'", "\u2019")


@SOURCES
@pytest.mark.parametrize("form", ["bibtex", "biblatex", "ris", "csl"])
def test_citation_js_reads_every_field(form: str, sources: Sources, tmp_path: Path) -> None:
    """Title, container, publisher, first date, pages, DOI and address of every source are read as they were written."""
    items = items_of(sources)
    for own, read in zip(items, read_by_citation_js(form, items, tmp_path), strict=True):
        del read["_graph"]  # the file itself
        assert printed(read["title"]) == printed(own["title"]), own["id"]
        assert read.get("DOI") == own.get("DOI"), own["id"]
        # it writes %2F in an address of BibTeX as %252F
        assert read.get("URL", "").replace("%25", "%") == own.get("URL", ""), own["id"]
        said = [printed(value) for value in read.values() if isinstance(value, str)]
        keys: tuple[str, ...] = (
            "container-title",
            "publisher",
            "publisher-place",
            "volume",
            "ISBN",
        )
        if form == "ris":  # of which it knows other fields for each type
            keys = ("container-title",) if own["type"] in IN_CONTAINER else ()
        for key in (key for key in keys if key in own):
            # in an entry of no type of its own, container and publisher stand in one field
            assert any(printed(own[key]) in value for value in said), (own["id"], key)
        if "page" in own and (form != "ris" or own["type"] == "article-journal"):
            assert re.split("[-–]", read["page"]) == ["12", "18"]
        # of a law it takes the day of access in RIS for that of issue
        assert ("issued" in read) == ("issued" in own) or (form, own["type"]) == (
            "ris",
            "legislation",
        ), own["id"]
        if "issued" in own and form != "bibtex":  # which writes two years as words
            date = read["issued"]["date-parts"][0]
            # of some types, a newspaper's article among them, it reads the year of RIS alone
            wanted = own["issued"]["date-parts"][0][: len(date) if form == "ris" else 3]
            assert date == wanted, own["id"]


@SOURCES
def test_bibtexparser_reads_every_title(sources: Sources) -> None:
    """Bibtexparser fails at no entry and reads each title; it takes the accent of LaTeX for another character than ours."""
    decode = [middlewares.LatexDecodingMiddleware()]
    library = bibtexparser.parse_string(bibtex(items_of(sources)), append_middleware=decode)
    assert not library.failed_blocks
    read = {entry.key: entry["title"] for entry in library.entries}
    assert read == {
        each.id: source_item(each, reference_catalogue())["title"].replace("^", "\u02c6")
        for each in sources()
    }


@SOURCES
def test_rispy_reads_every_field(sources: Sources) -> None:
    """Type, container, publisher and date of every source are where RIS has them."""
    items = items_of(sources)
    for own, read in zip(items, rispy.loads(ris(items)), strict=True):
        assert read["title"] == own["title"]
        assert read.get("secondary_title") == own.get("container-title")
        assert read.get("publisher") == own.get("publisher")
        assert read.get("doi") == own.get("DOI")
        if read["type_of_reference"] in ("JOUR", "MGZN", "NEWS"):
            assert read["alternate_title3"] == own["container-title"]
        if "page" in own:
            assert (read["start_page"], read["end_page"]) == ("12", "18")
        if "issued" in own:
            assert int(read["year"]) == own["issued"]["date-parts"][0][0]


SPECIAL = (
    "{",
    "}",
    "}{",
    "{a} {",
    "a } b {c}",
    "\\{",
    "~^",
    "100% #1 & $x_1$",
    "\\textbf{x}",
    "a -- b --- c",
    "``x''",
)


def test_one_escaper_keeps_every_character(tmp_path: Path) -> None:
    """Titles of special characters come back from pybtex and Citation.js, and none hurts an entry after it."""
    titles = [f"A{text}B" for text in SPECIAL for _ in range(2)]
    items = [
        source_item(source_by("Ada", id=f"s{number}", title=title), reference_catalogue())
        for number, title in enumerate(titles)
    ]
    assert [
        braced(entry.fields["title"]) for entry in read_by_pybtex(items).entries.values()
    ] == titles
    assert [each["title"] for each in read_by_citation_js("bibtex", items, tmp_path)] == titles


def test_a_month_is_a_macro() -> None:
    """Each style prints a month in its own words, which a number in braces hinders."""
    text = bibtex([source_item(source_by("Ada", issued="2025-03-07"), reference_catalogue())])
    assert "\n  month = mar,\n" in text
    assert "March" in PybtexEngine().format_from_string(text, style="plain")
    assert "month" not in bibtex(
        [source_item(source_by("Ada", issued="2025"), reference_catalogue())]
    )


def test_no_text_begins_a_field_or_a_record_of_its_own() -> None:
    """A line break of any kind inside a field is a space in RIS and in BibTeX."""
    breaks = "\n", "\r\n", "\x0b", "\x0c", "\x1e", "\x85", "\u2028", "\u2029"
    title = "One" + "".join(f"{each}ER  - {each}TY  - BOOK" for each in breaks)
    (read,) = rispy.loads(
        ris([{**source_item(source_by("Ada"), reference_catalogue()), "title": title}])
    )
    assert read["title"] == " ".join(title.split())
    text = bibtex([{**source_item(source_by("Ada"), reference_catalogue()), "title": title}])
    assert re.sub(r"[{},]", "", text.splitlines()[1]).endswith("BOOK")
