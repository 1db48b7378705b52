"""What the search takes for the same word, in which order it answers, and what its index holds; its own script is run by Node."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from node import ask
from support import ROOT, copy_small, lend, once, run

from explainer.assemble import search
from explainer.incremental.cache import Cache
from explainer.incremental.files import Files

SCRIPT = (ROOT / "templates" / "assets" / "searching.js").read_bytes()


def found(
    folder: Path,
    texts: list[str],
    asked: list[str],
    languages: tuple[str, ...] = ("en",),
    language: str = "",
) -> list[list[str]]:
    """For each of the asked words the numbers of the texts that it finds, best first, on a site in some languages."""
    docs = [
        {"location": f"{number}/", "title": "-", "text": text} for number, text in enumerate(texts)
    ]
    return [
        [group[0]["location"].rstrip("/") for group in groups]
        for groups in answers(folder, docs, asked, languages, language)
    ]


def answers(
    folder: Path,
    docs: list[dict[str, Any]],
    asked: list[str],
    languages: tuple[str, ...],
    language: str = "",
) -> list[list[list[dict[str, Any]]]]:
    """What is shown for each of the asked words, by page, on a site of ``docs``: pages, and their parts, in the order of the site."""
    cache, pages = Cache(), dict[str, str]()
    for doc in docs:
        address, _, anchor = doc["location"].partition("#")
        head = (
            f'<meta name="keywords" content="{", ".join(doc["tags"])}">' if doc.get("tags") else ""
        )
        heading = (
            f'<h2 id="{anchor}">{doc["title"]}</h2>'
            if anchor
            else f"{head}<article><h1>{doc['title']}</h1>"
        )
        pages[f"{address}index.html"] = (
            f"{pages.get(f'{address}index.html', '')}{heading}<p>{doc['text']}</p>"
        )
    files = Files(cache)
    files["search/search_index.json"] = json.dumps(
        {"config": {"lang": ["en"], "separator": " "}, "docs": []}
    ).encode()
    files[search.SEARCH_SCRIPT] = SCRIPT
    search.replace_search(files, pages, pages, languages, cache)
    for name, path in (
        ("index.json", "search/search_index.json"),
        ("searching.js", search.SEARCH_SCRIPT),
    ):
        (folder / name).write_bytes(files[path])
    answered: list[list[list[dict[str, Any]]]] = ask(
        "searching",
        folder / "searching.js",
        folder / "index.json",
        language or languages[0],
        *asked,
    )
    return answered


SAME = {
    "Orbán": ["Orban", "orban", "ORBÁN", "Orba\u0301n", "orbán"],
    "Łukasz": ["Lukasz", "łukasz"],
    "Zürich": ["Zurich", "Zu\u0308rich", "zuerich"],
    "Ørsted": ["Orsted", "ørsted", "Oersted"],
    "Straße": ["strasse", "STRASSE", "straße"],
    "İstanbul": ["istanbul", "Istanbul", "ISTANBUL", "İSTANBUL"],
    "Diyarbakır": ["diyarbakir", "DİYARBAKIR"],
    "Đà Nẵng": ["Da Nang", "đà nẵng", "da nang"],
    "Þingvellir": ["thingvellir"],
    "Čapek": ["capek", "C\u030capek"],
    "Åland": ["aland", "aaland"],
    "cœur": ["coeur"],
    "Фёдоров": ["федоров", "ФЁДОРОВ", "Фе\u0308доров"],
    "Йошкар": ["йошкар", "И\u0306ошкар"],
    "Ґонта": ["ґонта", "гонта"],
    "Київ": ["київ", "Киі\u0308в"],
    "Αθήνα": ["αθηνα", "ΑΘΗΝΑ", "Αθη\u0301να"],
    "Οδυσσεύς": ["ΟΔΥΣΣΕΥΣ", "οδυσσευς"],
    "об’єкт": ["об'єкт", "обʼєкт", "обєкт"],
    "l’armée": ["armée", "armee", "l'armee"],
    "Russia’s": ["russia", "russias", "russia's"],
    "O’Brien": ["obrien", "O'Brien"],
    "U.S.": ["US", "u.s."],
    "160,000": ["160000", "160 000", "160\u202f000", "160.000"],
    "2 345 678": ["2345678", "2,345,678"],
    "١٢٣٤": ["1234"],
    "１２３４": ["1234"],
    "ﬁlm": ["film"],
    "co\u00adoperate": ["cooperate"],
    "国家统计局发布": ["国家统计局", "统计", "局", "国家发布"],
    "ウクライナの軍隊": ["ウクライナ", "軍隊", "ｳｸﾗｲﾅ"],
    "日本の食べもの": ["食べもの", "日本"],
    "대한민국은": ["대한민국", "민국"],
    "กระทรวงกลาโหม": ["กลาโหม", "กระทรวง"],
    "الوزارة": ["وزارة", "الوِزارة", "وزاره"],
    "أحمد": ["احمد"],
    "הצבא": ["צבא", "הַצָּבָא"],
    "צה״ל": ['צה"ל', "צהל"],
    "मंत्रालय": ["मंत्रालय", "मंत्रा"],
    "क़लम": ["कलम"],
    "Հայաստան": ["հայաստան", "ՀԱՅԱՍՏԱՆ"],
    "საქართველო": ["საქართველო"],
    "Wehrpflichtgesetz": ["wehrpflicht", "Wehrpflichtgesetz"],
    "AT&amp;T &lt;plan&gt;": ["AT&T", "plan"],
}
OTHER = [
    ("काम", "कम"), ("統計", "計統"), ("マイク", "マウス"), ("AT&amp;T", "amp"), ("said 160,000", "000"),
    ("мир", "море"), ("שלום", "מלך"),
]  # fmt: skip


def test_a_word_is_found_however_it_is_written(tmp_path: Path) -> None:
    """Accents, case, encodings, apostrophes, marks of thousands and scripts without spaces keep no word of an English site from its reader."""
    texts = list(SAME)
    pairs = [
        (str(number), typed)
        for number, all_typed in enumerate(SAME.values())
        for typed in all_typed
    ]
    got = found(
        tmp_path,
        [f"Here it says {text} in the middle." for text in texts],
        [typed for _, typed in pairs],
    )
    lost = [
        (texts[int(number)], typed)
        for (number, typed), numbers in zip(pairs, got, strict=True)
        if number not in numbers
    ]
    assert not lost


def test_other_words_are_not_found(tmp_path: Path) -> None:
    """What differs in more than its marks is another word; entities and the rest of a number are none."""
    got = found(tmp_path, [text for text, _ in OTHER], [typed for _, typed in OTHER])
    assert [pair for number, pair in enumerate(OTHER) if str(number) in got[number]] == []


FORMS = {
    "ru": ["призыв призыва призывом призывы призывов призывами", "мобилизация мобилизации мобилизаций мобилизацией", "остров острова островов",
           "солдат солдата солдаты солдатами", "служить служит служат служил служили", "российский российского российская российских",
           "решение решения решений решениями", "война войны войну войной", "учёт учёта учета", "выплата выплат выплаты выплатами"],
    "uk": ["призов призову призовом призови", "строковик строковиків строковики строковиками", "мобілізація мобілізації мобілізацій",
           "рішення рішень рішенням рішеннями", "служити служить служили служив", "архів архіву архівом", "армія армії армією"],
    "en": ["recruit recruits recruited recruiting recruitment", "army armies", "mobilise mobilised mobilising mobilisation", "agree agreed",
           "policy policies", "hop hopping hopped", "payment payments"],
    "de": ["Soldat Soldaten", "Haus Hauses", "Zahlung Zahlungen", "Verträge Vertrag Verträgen"],
    "fr": ["soldat soldats", "armée armées", "national nationale nationaux"],
    "es": ["soldado soldados", "nación naciones"],
    "tr": ["asker askerler askerleri"],
    "el": ["στρατός στρατού"],
    "sv": ["soldat soldater soldaterna"],
    "nb": ["soldat soldater"],
    "pt-BR": ["soldado soldados"],
}  # fmt: skip


@pytest.mark.parametrize("language", FORMS)
def test_the_forms_of_a_word_find_each_other(tmp_path: Path, language: str) -> None:
    """In a language of the site each form of a word finds the same texts, those with any of its forms."""
    texts = [form for forms in FORMS[language] for form in forms.split()]
    got = found(tmp_path, texts, texts, (language,))
    by_form = dict(zip(texts, got, strict=True))
    for forms in FORMS[language]:
        wanted = {str(texts.index(form)) for form in forms.split()}
        for form in forms.split():
            assert wanted <= set(by_form[form]), form


def test_a_russian_word_and_its_genitive_find_the_same(tmp_path: Path) -> None:
    """Among words that begin alike, and prizes, the nominative finds what the genitive finds and nothing else."""
    texts = ["призыв", "призыва", "призывников", "призывать", "приз", "призов", "признать"]
    nominative, genitive = found(tmp_path, texts, ["призыв", "призыва"], ("en", "ru", "uk"))
    assert set(nominative) == set(genitive) == {"0", "1", "2", "3"}


def test_the_language_of_the_page_comes_first(tmp_path: Path) -> None:
    """The same words stand in pages of three languages; on each page those of its own language are found first."""
    docs = [
        {"location": f"{folder}a/", "title": "-", "text": "Путин " * times}
        for folder, times in (("", 1), ("ru/", 2), ("uk/", 3))
    ]
    first = {
        language: answers(tmp_path, docs, ["Путина"], ("en", "ru", "uk"), language)[0]
        for language in ("en", "ru", "uk")
    }
    assert {language: groups[0][0]["location"] for language, groups in first.items()} == {
        "en": "a/",
        "ru": "ru/a/",
        "uk": "uk/a/",
    }
    assert {len(groups) for groups in first.values()} == {3}


def test_what_is_typed_is_marked_as_it_stands(tmp_path: Path) -> None:
    """The words shown stand around what was found, with marks on it as it is written there; signs of HTML stay whole."""
    text = (
        "<p>"
        + "Before &amp; before. " * 40
        + "</p><ul><li>Viktor Orbán &lt;here&gt;</li></ul><p>"
        + "After &amp; after. " * 40
        + "</p>"
    )
    shown = answers(
        tmp_path,
        [{"location": "a/", "title": "The <em>Orbán</em> page", "text": text}],
        ["orban"],
        ("en",),
    )[0][0][0]
    assert shown["title"] == "The <mark>Orbán</mark> page"
    assert "Viktor <mark>Orbán</mark> &lt;here&gt;" in shown["text"]
    assert len(shown["text"]) < 300
    assert shown["text"].count("&") == shown["text"].count(";")
    chinese = answers(
        tmp_path,
        [{"location": "a/", "title": "-", "text": "前" * 500 + "国家统计局" + "後" * 500}],
        ["统计"],
        ("en",),
    )
    assert "国家<mark>统计</mark>局" in chinese[0][0][0]["text"]
    assert len(chinese[0][0][0]["text"]) < 300


def test_more_of_what_was_typed_comes_first(tmp_path: Path) -> None:
    """Texts with all the words stand before those with some; a word that is nowhere takes nothing away; a slip is forgiven."""
    texts = ["a payment for a contract", "a contract", "a payment"]
    both, beside, slip = found(tmp_path, texts, ["contract payment", "contract zzyzx", "contrakt"])
    assert both[0] == "0"
    assert set(beside) == set(slip) == {"0", "1"}


def test_a_page_above_its_sections_marks_the_words_that_they_were_found_by(tmp_path: Path) -> None:
    """The page itself holds none of the words; its entry leads to those that its sections hold."""
    docs = [
        {"location": "a/", "title": "Page", "text": "Nothing of it."},
        {"location": "a/#one", "title": "One", "text": "Виктор Орбан и Путин"},
        {"location": "a/#two", "title": "Two", "text": "The WSJ says 30,000"},
    ]
    for asked, marked in {"путин": {"Путин"}, "wsj 30000 zzyzx": {"WSJ", "30,000"}}.items():
        (groups,) = answers(tmp_path, docs, [asked], ("en", "ru"))
        page = next(item for item in groups[0] if item["location"] == "a/")
        assert page["terms"] == dict.fromkeys(marked, True)
        assert page["title"] == "Page"


UNMARKED = {
    "halfwidth": ("ウクライナの軍隊", (), "ｳｸﾗｲﾅ", "ウクライナ"),
    "halfwidth with a sign": ("ドイツの軍", (), "ﾄﾞｲﾂ", "ドイツ"),
    "jamo": ("대한민국은", (), "\u1106\u1175\u11ab국", "민국"),
    "straight apostrophe": ("the region's share", (), "region's", "region"),
    "straight Ukrainian apostrophe": ("про об'єкт тут", (), "об’єкт", "єкт"),
    "straight gershayim": ('דובר צה"ל אמר', (), "צה״ל", "צה"),
    "a number with spaces beside one without": (
        "call-ups: 160\u00a0000 and 160,000",
        (),
        "160000",
        "160,000",
    ),
    "a number with spaces alone": ("call-up of 160\u00a0000 men", (), "160000", "160"),
    "other words of the page": ("nothing of it", ("Sign-on bonus",), "bonus", "bonus"),
}


@pytest.mark.parametrize(("text", "tags", "asked", "marked"), UNMARKED.values(), ids=UNMARKED)
def test_every_hit_names_words_that_its_page_can_mark(
    tmp_path: Path, text: str, tags: tuple[str, ...], asked: str, marked: str
) -> None:
    """What is handed on stands in the page as it is, without the straight marks that themes miss."""
    (groups,) = answers(
        tmp_path,
        [{"location": "a/", "title": "-", "text": text, "tags": tags}],
        [asked],
        ("en", "uk"),
    )
    assert groups[0][0]["terms"] == {marked: True}
    assert marked in text or tags


def test_a_long_answer_is_worked_out_for_its_first_pages_alone(tmp_path: Path) -> None:
    """All of ten thousand sections are counted and lead to the word; fifty pages show it in place."""
    text = (
        "The contract says so. "
        + "Much else is said of it in many words. " * 25
        + "A contract ends it."
    )
    docs = [
        {"location": f"page-{page}/{anchor}", "title": f"A contract, page {page}", "text": text}
        for page in range(2_000)
        for anchor in ("", "#one", "#two", "#three", "#four")
    ]
    (groups,) = answers(tmp_path, docs, ["contract"], ("en",))
    assert len(groups) == 2_000
    assert sum(map(len, groups)) == 10_000
    hits = [hit for group in groups for hit in group]
    assert {tuple(hit["terms"].values()) for hit in hits} == {(True,)}
    in_full = ["<mark>" in hit["title"] + hit["text"] for group in groups for hit in group]
    assert in_full == [True] * 250 + [False] * 9_750
    for hit in hits[250:]:
        assert hit["title"].startswith("A contract, ")
        assert text.startswith(hit["text"].removesuffix(" …"))
        assert 20 < len(hit["text"]) < 70
    assert len(json.dumps(groups, separators=(",", ":")).encode()) < 220 * len(docs)


def test_a_page_of_many_sections_is_worked_out_for_its_first_ones_alone(tmp_path: Path) -> None:
    """All of a page's ten thousand sections are in the answer; twenty show the word in place."""
    said = "A contract is signed and nothing else is said. " * 20
    docs = [{"location": "a/", "title": "All", "text": said.replace("contract", "paper")}]
    docs += [
        {"location": f"a/#{number}", "title": f"Section {number}", "text": said}
        for number in range(10_000)
    ]
    (groups,) = answers(tmp_path, docs, ["contract"], ("en",))
    assert len(groups[0]) == 10_001
    assert sum("<mark>" in hit["text"] for hit in groups[0]) == 20
    assert len(json.dumps(groups, separators=(",", ":")).encode()) < 220 * len(docs)


def test_a_section_with_nothing_but_its_heading_is_left_out(tmp_path: Path) -> None:
    """A heading alone finds nothing; a page without text of its own stays, as do other sections."""
    docs = [
        {"location": "a/", "title": "Bridges", "text": ""},
        {"location": "a/#bare", "title": "Viaducts", "text": "<div> </div>"},
        {"location": "a/#said", "title": "Arches", "text": "<p>Stone.</p>"},
    ]
    bridges, viaducts, arches = answers(tmp_path, docs, ["bridges", "viaducts", "arches"], ("en",))
    assert [hit["location"] for hit in bridges[0]] == ["a/"]
    assert viaducts == []
    assert [hit["location"] for hit in arches[0]] == ["a/#said", "a/"]
    docs = json.loads((tmp_path / "index.json").read_bytes())["docs"]
    assert [doc["location"] for doc in docs] == ["a/", "a/#said"]


@pytest.fixture(scope="module")
def small(good: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small project."""

    def build(folder: Path) -> None:
        done = run(
            "--project", lend(good, copy_small(folder / "project")), "--output", folder / "site"
        )
        assert done.code == 0, done.said

    return once(tmp_path_factory, "searched", build) / "site"


def test_every_page_is_found_by_its_title(small: Path) -> None:
    """Each fact, source, chart and page comes first, or ties, for the words of its own title; names of claimants find their facts."""
    index = small / "search" / "search_index.json"
    docs = json.loads(index.read_bytes())["docs"]
    pages = {doc["location"]: doc["title"] for doc in docs if "#" not in doc["location"]}
    for kind in ("facts", "sources", "charts"):
        made = {f"{kind}/{path.parent.name}/" for path in (small / kind).glob("*/index.html")}
        assert made
        assert made <= pages.keys()
    got = ask("searching", small / "assets" / "searching.js", index, "en", *pages.values())
    for (location, title), groups in zip(pages.items(), got, strict=True):
        first = [group[0]["location"].split("#")[0] for group in groups[:3]]
        assert location in first, f"{title!r} finds {first} rather than {location}"
    (librarians,) = ask("searching", small / "assets" / "searching.js", index, "en", "librarians")
    assert [group for group in librarians if group[0]["location"].startswith("facts/opened/")]


def test_the_index_repeats_nothing_of_the_kind_that_only_weighs(small: Path) -> None:
    """No tags of HTML, no drawing's words, no lists of all facts or sources; other words stand with the page and not with its sections."""
    docs = json.loads((small / "search" / "search_index.json").read_bytes())["docs"]
    texts = {doc["location"]: doc["text"] for doc in docs}
    assert not [location for location, text in texts.items() if "<" in text]
    assert not [doc["location"] for doc in docs if "#" in doc["location"] and doc.get("tags")]
    assert [doc["location"] for doc in docs if doc.get("tags")]
    questions = [
        json.loads(path.read_bytes())["question"] for path in (small / "facts").glob("*.json")
    ]
    assert not [question for question in questions if question in texts["facts/"]]
    assert "embed/" not in "".join(
        text for location, text in texts.items() if location.startswith("charts/")
    )


def test_the_index_is_there_as_a_script_with_the_addresses_of_files(small: Path) -> None:
    """What a page from a folder reads is the same index, whose addresses name the file in each folder."""
    docs = json.loads((small / "search" / "search_index.json").read_bytes())["docs"]
    script = (
        (small / "search" / "search_index.js")
        .read_text(encoding="utf-8")
        .removeprefix("var __index=")
    )
    for one, other in zip(docs, json.loads(script)["docs"], strict=True):
        page, _, anchor = other["location"].partition("#")
        assert (small / page).is_file()
        assert page.removesuffix("index.html") + (f"#{anchor}" if anchor else "") == one["location"]
        assert {**one, "location": ""} == {**other, "location": ""}


def test_the_searches_of_the_themes_are_left_out(small: Path) -> None:
    """Nothing of the search that ours replaces is published."""
    assert not list((small / "assets" / "javascripts").glob("lunr/**/*.js"))
    assert not list((small / "assets" / "javascripts").glob("workers/*"))
