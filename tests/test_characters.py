"""Characters that show nothing, letters that pass for others, and numbers in disguise: what is typed is what is seen."""

from __future__ import annotations

import json
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.common.characters import (
    invisible_characters,
    line_break,
    mixed_script_words,
    one_line,
    strays_in_source,
    to_visible,
    unescaped,
)
from explainer.common.problems import Problems
from explainer.incremental.cache import Cache
from explainer.lint.scan import LANGUAGES, scan
from explainer.model.records import Source
from explainer.read.records import record_of
from explainer.read.yaml_tree import read_tree
from explainer.render.bibtex import escaped
from explainer.render.prose.markup import check_markup

VISIBLE_FORMATS = "؀؁؂؃؄؅۝܏࢐࢑࣢𑂽𑃍"
"""Signs of category Cf that are drawn: numbers and verses stand in or under them."""


def shows_nothing(letter: str) -> bool:
    """Whether a character is one of those that show nothing."""
    return (
        (
            unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
            and letter not in VISIBLE_FORMATS + "\t\n"
        )
        or 0xFDD0 <= ord(letter) <= 0xFDEF
        or ord(letter) & 0xFFFE == 0xFFFE
        or letter
        in "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\ufffc"
        or 0xFE00 <= ord(letter) <= 0xFE0F
        or 0xE0000 <= ord(letter) <= 0xE0FFF
    )


def test_nothing_invisible_stands_between_letters() -> None:
    """Between Latin letters, and between digits, no character may stand that shows nothing, of all that Unicode has."""
    invisible = [letter for letter in map(chr, range(sys.maxunicode + 1)) if shows_nothing(letter)]
    assert len(invisible) > 140_000
    for around in ("a{}b", "4{}0"):
        passed = [
            f"{ord(each):04X}"
            for each in invisible
            if not list(invisible_characters(around.format(each)))
        ]
        assert passed == []


@pytest.mark.parametrize(
    "text",
    ["می‌خواهم", "نامه‌های", "ه‍.ش", "क्‍ष", "র‍্যাব", "അവന്‍ പറഞ്ഞു", "ශ්‍රී ලංකාව", "ಕ್‌ಷ", "👨‍👩‍👧‍👦", "🏳️‍🌈", "👩🏽‍🚀", "❤️", "☎︎", "1️⃣", "#️⃣", "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
     "葛󠄀城", "︀".join("≨ "), "ᠠ᠋ᠰ", "שלום (a)\u200f ו", "a،\u061c ب", "12\u202f345", "12\u2009345", "日本", "Ž́", "A\tb\nc"],
)  # fmt: skip
def test_what_words_need_may_stand(text: str) -> None:
    """Joiners in Persian, Hindi, Bengali, Malayalam and Sinhala, sequences of emoji, variants of ideographs, thin spaces."""
    assert [str(each) for each in invisible_characters(text)] == []


@pytest.mark.parametrize(
    "text",
    ["a\u200db", "a\u200cb", "می\u200cx", "می\u200c\u200cخ", "5\u200d", "\u200cمی", "کتاب\u200c", "👨\u200dx", "x\u200d👨", "4\ufe0f0", "0\ufe00", "a\ufe0f",
     "a\U000e0100", "🏴\U000e0061\U000e007f", "a\U000e0041", "4\u200e0 שלום", "a\u200eb", "שלום \u202ea\u202c", "\u2066a\u2069", "k\u034fl"],
)  # fmt: skip
def test_the_same_characters_are_strays_elsewhere(text: str) -> None:
    """What a Persian word or an emoji needs hides something in another."""
    assert list(invisible_characters(text))


@pytest.mark.parametrize(
    "entity",
    ["&shy;", "&shy", "&#173;", "&#173", "&#xAD;", "&#XaD", "&#0000000000000173;", "&#8238;", "&#x202e", "&zwnj;", "&zwj;", "&lrm;", "&ZeroWidthSpace;",
     "&NoBreak;", "&ic;", "&af;", "&#64976;", "&#xe000;", "&#0;", "&#x3164;", "&#xfe0f;", "&#917601;"],
)  # fmt: skip
def test_an_entity_hides_nothing(entity: str) -> None:
    """An entity for what cannot be seen is told at its place, in seeds and on pages; in code it is shown as it stands."""
    assert [each.at for each in invisible_characters(f"two{entity} parts")] == [3]
    problems = Problems()
    assert read_tree("x.yaml", f"a: 'two{entity} parts'\n", problems) is None
    assert [problem.rule for problem in problems] == ["hidden-character"]
    problems = Problems()
    check_markup("x.md", f"\nSo: two{entity} parts\n", Cache(), problems)
    assert [(str(problem.place), problem.rule) for problem in problems] == [
        ("x.md:2:8", "hidden-character")
    ]
    problems = Problems()
    check_markup("x.md", f"\nSo: `two{entity} parts`\n", Cache(), problems)
    assert not problems.found


def test_an_entity_may_be_what_a_word_needs() -> None:
    """A joiner by its entity is as good as a joiner, and a number without an end stands for nothing."""
    assert not list(invisible_characters("می&zwnj;خواهم"))
    assert unescaped("&#" + "9" * 10_000 + ";&#52;&eacute;") == "&#" + "9" * 10_000 + ";4é"


def test_a_kept_text_is_as_it_comes() -> None:
    """Soft hyphens and a font's own characters stand in the texts of sources; what turns a line round does not."""
    assert not list(strays_in_source("re\u00adcruit \uf0b7 \ue000 fi\ufe0e"))
    assert all(
        list(strays_in_source(f"a{each}b")) for each in "\u202e\u200b\u2066\x00\ufdd0\ufffc\ufeff"
    )


DISGUISES = {
    "en": ["seven\u00adteen", "thirtеen", "ｆｏｒｔｙ", "fοrty", "Fоrty", "hundrеd", "ѕіх", "ⓕⓞⓡⓣⓨ", "🅵🅾🆁🆃🆈", "ꜰᴏʀᴛʏ", "ᶠᵒʳᵗʸ", "𝔣𝔬𝔯𝔱𝔶", "f̶o̶r̶t̶y̶", "largеst", "Маy 2020"],
    "de": ["dreißіg", "𝐯𝐢𝐞𝐫𝐳𝐢𝐠", "vi\u00aderzig", "hundеrt", "größtе", "ｚｗａｎｚｉｇ"],
    "ru": ["cорок", "двa", "тысячa", "cто", "со\u00adрок", "пятьдеcят", "рекoрд", "ХХ век", "copok"],
    "uk": ["cорок", "двi", "тиcяча", "со\u2060рок", "рекoрд", "ХІХ"],
}  # fmt: skip
NUMBERS = [
    "MCMXC", "mcmxc", "МСМХС", "ⅯⅭⅯⅩⅭ", "MMXXV", "Ⅻ", "XIV", "𝟒𝟎", "𝟜𝟘", "①", "⑳", "❹", "²", "₂", "½", "⅞", "４０", "٤٠", "۴۰", "४०", "৪০", "๔๐", "༤༠", "႔", "㏠", "㉛", "⒈",
    "1\u200b0", "4\u20e3", "1\ufe0f0", "🄁",
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text"),
    [(language, text) for language, texts in DISGUISES.items() for text in texts],
)
def test_numbers_and_comparisons_in_disguise(language: str, text: str) -> None:
    """Whatever it is put together from, a number or a comparing word is found, in the words' own place."""
    (found,) = scan(f"So {text} it is", language)[:1]
    assert found.start == 3
    assert found.end <= 3 + len(text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", NUMBERS)
def test_digits_of_every_kind(language: str, text: str) -> None:
    """Digits and numerals of every script and form are numbers in every language."""
    assert [each.kind for each in scan(f"— {text} —", language)] == ["number"]


@pytest.mark.parametrize(
    "text",
    [
        "CD",
        "DVD",
        "a DC court",
        "MD",
        "CV",
        "MIX",
        "civil",
        "vivid",
        "mild",
        "XL",
        "LCD",
        "kΩ",
        "№",
        "㎡",
        "㎏",
        "COVID",
        "DIM",
        "CCTV",
    ],
)
def test_abbreviations_are_no_numerals(text: str) -> None:
    """Capitals that could be a Roman numeral are an abbreviation where they are short, and units are no numbers."""
    assert scan(text, "en") == []


@given(st.text(max_size=40))
def test_what_is_seen_keeps_its_place(text: str) -> None:
    """Each character of a text as it is seen comes from a place in the text, in order."""
    seen = to_visible(text)
    places = [seen.offset(at) for at in range(len(seen.text))]
    assert places == sorted(places)
    assert all(0 <= at < len(text) for at in places)
    assert all(seen.offset(at) < seen.end(at + 1) <= len(text) for at in range(len(seen.text)))


@pytest.mark.parametrize(
    "word",
    [
        "thirtеen",
        "рaпорт",
        "cорок",
        "Αlpha",
        "МiG",
        "СО" + "N",
        "Kоntо",
        "ΤNF",
        "раypal",
        "nаme",
        "Ноme",
    ],
)
def test_a_disguised_word_is_told(word: str) -> None:
    """A word that can be read as one of a single script, and is none, is told with its place, on pages and in records."""
    assert list(mixed_script_words(f"так и {word}, so")) == [(6, word)]
    tree = read_tree(
        "x.yaml",
        f"id: x\ntype: book\ntitle: {word}\npublisher: p\nlanguage: en\nread: full\n",
        Problems(),
    )
    problems = Problems()
    record_of(Source, "x.yaml", tree, problems)
    assert [(str(each.place), each.rule) for each in problems] == [("x.yaml:3:1", "mixed-scripts")]


@pytest.mark.parametrize(
    "text", ["ТВ-3", "x-ось", "COVID-центр", "2С19", "Т-72Б3", "µm", "μm", "kΩ", "Ω", "Δt", "TNFα", "β-carotene", "hν", "πr²", "Яndex", "Србија и Srbija", "USB-порт",
             "Côte d’Ivoire", "п’ять", "I–II", "iPhone и Android", "日本語OK", "Ελλάδα", "Orbán", "мкм/km"]
)  # fmt: skip
def test_honest_mixes_are_none(text: str) -> None:
    """Parts that are told apart by a hyphen, a digit or by looking, signs of science, and texts in two scripts are no disguise."""
    assert list(mixed_script_words(text)) == []


@pytest.mark.parametrize(
    "mark", ["\n", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]
)
def test_every_line_break_is_one(mark: str) -> None:
    """Whatever ends a line in some program is known as a line break, and none is left in one line or in BibTeX."""
    assert line_break(f"a{mark}b") == mark
    assert one_line(f" a{mark}{mark}b ") == "a b"
    assert escaped(f"a{mark}b") == "a b"


@pytest.mark.parametrize(
    "key", ["title", "publisher", "container", "volume", "pages", "genre", "copy_of"]
)
def test_fields_of_one_line(key: str) -> None:
    """A field of one line holds one line; folded, it is read as one; a note may have several."""
    fields = {
        "id": "x",
        "type": "book",
        "title": "t",
        "publisher": "p",
        "language": "en",
        "read": "full",
        "note": "one\ntwo",
    }
    broken, problems = fields | {key: "a\nER  - \nTY  - BOOK"}, Problems()
    assert (
        record_of(Source, "x.yaml", read_tree("x.yaml", json.dumps(broken), problems), problems)
        is None
    )
    assert [(each.rule, "one line" in each.message) for each in problems] == [("bad-value", True)]
    text = (
        "".join(f"{name}: {json.dumps(value)}\n" for name, value in fields.items() if name != key)
        + f"{key}: >\n  a\n  b\n"
    )
    found = record_of(Source, "x.yaml", read_tree("x.yaml", text, Problems()), Problems())
    assert found is not None
    assert (getattr(found, key), found.note) == ("a b", "one\ntwo")
