"""Other languages: the same numbers in other words, and no English that slips through."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import CASES, copy_small, lend, run
from test_quantities import amounts

from explainer.common.problems import Problems
from explainer.model.dates import Edtf
from explainer.model.numerals import numerals
from explainer.model.quantities import Quantity
from explainer.publish.catalogue import OURS, read_catalogues
from explainer.publish.wording import Wording
from explainer.read.files import Folder
from explainer.read.ledger import parse_ledger
from explainer.read.translations import mark_untranslated_remarks, marked, untranslated_texts

CATALOGUES = read_catalogues(Folder(OURS), "languages", Problems())
WORDINGS = {language: Wording(catalogue) for language, catalogue in CATALOGUES.items()}
OTHERS = sorted(CATALOGUES.keys() - {"en"})


def keys(tree: object) -> object:
    """The keys of a catalogue's sections, its strings and plural forms left out."""
    return (
        {name: sorted(section) for name, section in tree.items()}
        if isinstance(tree, dict)
        else None
    )


@pytest.mark.parametrize("language", OTHERS)
def test_catalogues_have_the_same_keys(language: str) -> None:
    """Each language has every string of the interface, and none more."""
    assert keys(CATALOGUES[language].sections) == keys(CATALOGUES["en"].sections)


@pytest.mark.parametrize("language", OTHERS)
def test_no_string_is_left_in_english(language: str) -> None:
    """No string of a Cyrillic language says the same as in English, or is without a Cyrillic letter where English has words."""
    for name, section in CATALOGUES["en"].sections.items():
        for key, english in section.items():
            own = CATALOGUES[language].sections[name][key]
            words = re.sub(
                r"\{\w+\}", "", " ".join(english.values()) if isinstance(english, dict) else english
            )
            said = " ".join(own.values()) if isinstance(own, dict) else own
            if re.search("[a-z]{3}", words) and name != "dates" and key != "genitive":
                assert said != english, key
                assert re.search("[а-яіїєґ]", said) or said.count("{") > 1, key


@pytest.mark.parametrize("language", OTHERS)
@given(quantity=amounts)
def test_an_amount_in_any_language_holds_its_numbers(language: str, quantity: Quantity) -> None:
    """Read back by the habits of its language, an amount in words holds the numbers of the ledger."""
    words = WORDINGS[language].amount(quantity)
    assert set(quantity.numbers) <= {number.value for number in numerals(words, language)}


@pytest.mark.parametrize("language", OTHERS)
@given(day=st.dates())
def test_a_day_in_any_language_holds_its_day_and_year(language: str, day: object) -> None:
    """A day in words has the day and the year of the ledger."""
    text = str(day)
    words = WORDINGS[language].date(Edtf.parse(text))
    assert words.startswith(f"{int(text[8:])} ")
    assert re.search(rf"\b0*{int(text[:4])}\b", words)


@pytest.mark.parametrize(
    ("language", "value", "unit", "words"),
    [
        ("uk", "1", "years", "1 рік"),
        ("uk", "2", "years", "2 роки"),
        ("uk", "14", "years", "14 років"),
        ("uk", "22", "years", "22 роки"),
        ("uk", "1.5", "years", "1,5 року"),
        ("uk", "about 21", "years", "близько 21 року"),
        ("uk", "over 22", "years", "понад 22 роки"),
        ("uk", "30000..40000", "people/month", "30\xa0000–40\xa0000 людей на місяць"),
        ("uk", "up to 60000", "people", "до 60\xa0000 людей"),
        ("uk", "1500000", "roubles", "1,5 млн рублів"),
        ("ru", "1", "people", "1 человек"),
        ("ru", "3", "people", "3 человека"),
        ("ru", "over 22", "people", "более 22 человек"),
        ("ru", "over 21", "years", "более 21 года"),
        ("ru", "-13000..-12000", "people", "от −13\xa0000 до −12\xa0000 человек"),
        ("ru", "almost 440000", "people/day", "почти 440\xa0000 человек в день"),
    ],
)
def test_nouns_take_the_form_that_the_number_asks_for(
    language: str, value: str, unit: str, words: str
) -> None:
    """Numbers group by thin rules of their own, and nouns follow them, after "about" in the genitive."""
    quantity = Quantity.parse(value)
    wording = WORDINGS[language]
    assert f"{wording.amount(quantity)} {wording.unit(unit, quantity)}" == words


NOUNS = {
    "ar": "{zero: كتب, one: كتاب, two: كتابان, few: كتب, many: كتابًا, other: كتاب}",
    "cy": "{zero: cathod, one: gath, two: gath, few: cath, many: chath, other: cath}",
    "he": "{one: ספר, two: ספרים, other: ספרים}",
    "sl": "{one: knjiga, two: knjigi, few: knjige, other: knjig}",
    "ja": "{other: 冊}",
    "pl": "{one: książka, few: książki, many: książek, other: książki}",
    "lv": "{zero: grāmatu, one: grāmata, other: grāmatas}",
}
"""A noun of each language, in the forms that it has after Unicode's CLDR."""


@pytest.mark.parametrize(
    ("language", "unit", "counts"),
    [
        (
            "ar",
            "كتب/month",
            {
                0: "كتب",
                1: "كتاب",
                2: "كتابان",
                3: "كتب",
                10: "كتب",
                11: "كتابًا",
                99: "كتابًا",
                100: "كتاب",
                103: "كتب",
            },
        ),
        (
            "cy",
            "cathod",
            {0: "cathod", 1: "gath", 2: "gath", 3: "cath", 6: "chath", 7: "cath", 40: "cath"},
        ),
        ("he", "ספרים", {1: "ספר", 2: "ספרים", 30: "ספרים"}),
        ("sl", "knjigi", {1: "knjiga", 2: "knjigi", 3: "knjige", 5: "knjig", 101: "knjiga"}),
        ("ja", "冊", {1: "冊", 30: "冊"}),
        ("pl", "książek", {1: "książka", 3: "książki", 5: "książek"}),
        ("lv", "grāmatas", {0: "grāmatu", 1: "grāmata", 2: "grāmatas"}),
    ],
)
def test_a_sites_own_noun_has_every_form_of_its_language(
    tmp_path: Path, language: str, unit: str, counts: dict[int, str]
) -> None:
    """Each number takes the form that its language has for it; a unit may be written in any of them, and stands so without a number."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "definitions.yaml").write_text(
        f"units:\n  - {NOUNS[language]}\n", encoding="utf-8"
    )
    problems = Problems()
    ledger = parse_ledger(Folder(tmp_path), problems, language)
    assert list(problems) == []
    noun = unit.removesuffix("/month")
    assert {ledger.nouns[form] for form in counts.values()} == {ledger.nouns[noun]}
    wording = Wording(
        replace(CATALOGUES["en"], language=language, locale=language), ledger.forms, language
    )
    rest = " a month" if unit != noun else ""
    assert wording.unit(unit) == noun + rest
    found = {count: wording.unit(unit, Quantity.parse(str(count))) for count in counts}
    assert found == {count: form + rest for count, form in counts.items()}


@pytest.mark.parametrize(
    "forms", ["{one: nest, two: nests}", "{one: nest, dual: nests, other: nests}", "{other: ''}"]
)
def test_forms_that_no_language_has_are_refused(tmp_path: Path, forms: str) -> None:
    """A noun needs the form for all other numbers, and takes none but those of Unicode's CLDR."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "definitions.yaml").write_text(f"units:\n  - {forms}\n", encoding="utf-8")
    problems = Problems()
    parse_ledger(Folder(tmp_path), problems)
    assert {problem.place.line for problem in problems} == {2}


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("uk", "2025-07-07", "7 липня 2025 року"),
        ("uk", "2025-07", "липень 2025 року"),
        ("uk", "2025", "2025"),
        ("uk", "2025-04-01/2025-07-15", "1 квітня\u00a0— 15 липня 2025 року"),
        ("uk", "[2025-07-07,2025-07-08]", "7 липня 2025 року або 8 липня 2025 року"),
        ("ru", "2025-01/2025-03", "январь\u00a0— март 2025 года"),
        ("ru", "XXXX-06-07", "7 июня (год не указан)"),
        ("ru", "2025-05~", "примерно май 2025 года"),
    ],
)
def test_dates_in_other_languages(language: str, text: str, words: str) -> None:
    """A month stands in the nominative alone and in the genitive after a day."""
    assert WORDINGS[language].date(Edtf.parse(text)) == words


def test_words_that_nobody_translated_are_found_wherever_they_stand() -> None:
    """Marks survive HTML escaping and Markdown entities; a remark in text says its language, in an attribute it loses its marks."""
    page = f'<a title="{marked("Who says &amp; why")}">{marked("Who says &amp; why")}</a> \ufdd2In English\ufdd3 <i title="\ufdd2x\ufdd3">y</i>'
    assert untranslated_texts(page) == ["Who says & why"]
    assert mark_untranslated_remarks(page).endswith(
        ' <span lang="en">In English</span> <i title="x">y</i>'
    )


@pytest.fixture(scope="module")
def site(good: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with its page in Ukrainian, built."""
    project = copy_small(tmp_path_factory.mktemp("languages") / "project")
    for path in sorted((CASES / "overlays" / "ukrainian").rglob("*.*")):
        target = project / path.relative_to(CASES / "overlays" / "ukrainian")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    done = run(
        "--project", lend(good, project), "--site-url", "https://library.example.org/numbers/"
    )
    assert done.code == 0, done.said
    return project / "site"


def test_both_versions_have_the_same_numbers(site: Path) -> None:
    """By their machine values, the numbers of a translation are those of its original, one by one."""
    english, ukrainian = (
        (site / path).read_text(encoding="utf-8") for path in ("index.html", "uk/index.html")
    )
    for pattern in (
        r'<data value="([^"]*)"',
        r'data-value="([^"]*)"',
        r'<div class="pop" id="([^"]*)"',
    ):
        assert re.findall(pattern, english) == re.findall(pattern, ukrainian)
        assert re.findall(pattern, english)


def test_each_version_names_the_others(site: Path) -> None:
    """Both pages have their language, a link to the other that works without a script, and hreflang links, English by default."""
    for path, language, other in (("index.html", "en", "uk/"), ("uk/index.html", "uk", "../")):
        html = (site / path).read_text(encoding="utf-8")
        assert f'<html lang="{language}"' in html
        assert f'<a href="{other}"' in html.split('class="versions"')[1].split("</nav>")[0]
        for lang, address in (("en", ""), ("x-default", ""), ("uk", "uk/")):
            assert f'hreflang="{lang}" href="https://library.example.org/numbers/{address}"' in html


def test_links_to_english_pages_say_so(site: Path) -> None:
    """Every link from the translation to a page of the site that is in English carries ``hreflang``."""
    html = (
        (site / "uk/index.html")
        .read_text(encoding="utf-8")
        .split("<article")[1]
        .split("</article>")[0]
    )
    links = re.findall(
        r'<a [^>]*href="(?!&\#35;|#|http|\.\./data/|cite\.)[^"]*"[^>]*>',
        re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL),
    )
    assert len(links) > 20
    assert all("hreflang=" in link for link in links), [
        link for link in links if "hreflang=" not in link
    ]


def test_no_english_is_left_but_names_and_remarks(site: Path) -> None:
    """Outside of what says that it is English, no text of the page has a run of English words, in text or in attributes."""
    html = (site / "uk/index.html").read_text(encoding="utf-8").split("</head>")[1]
    html = re.sub(
        r'<script.*?</script>|<style.*?</style>|<(\w+)[^>]* lang="en"[^>]*>.*?</\1>|<span class="formula">.*?</span>',
        "",
        html,
        flags=re.DOTALL,
    )
    texts = [
        *re.findall(r">([^<]+)<", html),
        *re.findall(r'(?:aria-label|title|alt|placeholder|data-[a-z]+)="([^"]*)"', html),
    ]
    names = re.compile(r"Alder Bridge library|Report of the Alder Bridge library|CC BY")
    found = [
        text
        for text in map(unescape, texts)
        if re.search(r"[a-z]{3,} [a-z]{3,}", names.sub("", text))
    ]
    assert not found


def _copied(tmp_path: Path, language: str, locale: str) -> Problems:
    """What is told of a catalogue that was copied from the English one for a language."""
    text = (OURS / "languages" / "en.yaml").read_text(encoding="utf-8")
    text = text.replace(
        "language: en\nlocale: en_GB\n", f"language: {language}\nlocale: {locale}\n", 1
    )
    folder = tmp_path / language
    folder.mkdir()
    (folder / f"{language}.yaml").write_text(text, encoding="utf-8")
    problems = Problems()
    read_catalogues(Folder(tmp_path), language, problems)
    return problems


def test_a_copied_catalogue_is_told_which_forms_its_language_has(tmp_path: Path) -> None:
    """Japanese has one form, and the hint names the form to delete; a language with more forms than English is not told of these."""
    told = [
        problem for problem in _copied(tmp_path, "ja", "ja_JP") if "plural form" in problem.message
    ]
    assert told
    assert {problem.hint for problem in told} >= {"delete 'one'; the language has 'other' alone"}
    assert not [
        problem for problem in _copied(tmp_path, "ar", "ar_EG") if "plural form" in problem.message
    ]


def test_a_broken_catalogue_is_told_and_not_called_missing(small_project: Path) -> None:
    """What is wrong within the site's own catalogue is told, and not that there is none."""
    folder = small_project / "templates" / "languages"
    folder.mkdir(parents=True)
    text = (OURS / "languages" / "en.yaml").read_text(encoding="utf-8")
    (folder / "ja.yaml").write_text(
        text.replace("language: en\nlocale: en_GB\n", "language: ja\nlocale: ja_JP\n", 1),
        encoding="utf-8",
    )
    config = small_project / "mkdocs.yml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("  language: en", "  language: ja", 1),
        encoding="utf-8",
    )
    done = run("check", "--project", small_project)
    assert done.code == 1
    assert "delete 'one'; the language has 'other' alone" in done.said
    assert "is a language whose words this site does not have" not in done.said


def test_languages_without_words_of_number_are_named_once(small_project: Path) -> None:
    """A source in Finnish is enough for one remark; languages whose words are listed are in none."""
    assert "not looked for" not in run("check", "--project", small_project).said
    path = small_project / "seeds/sources/press.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("language: en", "language: fi"), encoding="utf-8"
    )
    told = run("check", "--project", small_project).said
    assert (
        told.count(
            "Numbers in words are not looked for in sources in Finnish; those in digits are."
        )
        == 1
    )
