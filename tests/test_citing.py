"""Citing this site's own pages: by the same styles as its sources, the same words on the page and in the files beside it."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from dataclasses import replace as changed
from html import unescape
from pathlib import Path

import pytest
import rispy
import yaml
from pybtex.database import parse_string
from support import CASES, ROOT, copy_small, gathered, pages_of, replace

from build import gather
from explainer.common.problems import Problems
from explainer.incremental.cache import Cache
from explainer.model.tracking import Looked
from explainer.options import Options
from explainer.render import citations
from explainer.render.citations import Work, item_of_page, references_of_page
from explainer.render.context import Context
from explainer.render.dated import dates_of_chart
from explainer.render.embeds import zip_archive
from explainer.render.exports.downloads import downloads_of
from explainer.render.site import Site

ADDRESS = "https://library.example.org/site/"
INNER = str.maketrans("“”", "‘’")
"""What styles make of quotation marks within others."""
TITLES = (
    "How many books?",
    "Что читают «дома» & в саду?",
    '<i>Tags</i> & "quotes"',
    "A sentence.",
    "Long " * 120 + "title",
)


def small(address: str = "") -> tuple[Context, Site]:
    """The small project, with and without an address of its site."""
    return gathered(CASES / "small", address)


def words(markup: str) -> str:
    """What a reader sees."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", markup)).split())


@pytest.mark.parametrize("author", ["", "The librarians & friends"])
@pytest.mark.parametrize("title", TITLES)
def test_a_page_is_cited_by_name_site_year_and_address(title: str, author: str) -> None:
    """Every style prints the whole title as it is, the site's name, the year of the day, and the address to be copied."""
    context = changed(
        small(ADDRESS)[0],
        author=author,
        patterns=Looked("patterns", {}),
        references=Looked("references", {}),
    )
    citations.fill_references(context)
    for style, text in references_of_page(
        context, Work("facts/monthly-loans/", title, "2024-06-01")
    ).items():
        said = words(text)
        for part in (
            title.strip().rstrip("."),
            author,
            "The Alder Bridge library",
            "2024",
            f"{ADDRESS}facts/monthly-loans/",
        ):
            assert part.translate(str.maketrans("“”", "‘’")) in said.translate(
                str.maketrans("“”", "‘’")
            ), (style, said)
        assert not re.search(r"2024[a-z]|\?\.|\?”\.|[\ue000-\uf8ff]|page\.invalid", said), said


def test_without_an_address_none_is_made_up() -> None:
    """Where the build was not told the site's address, no reference holds one, and the page says that it is to be added."""
    context, site = small()
    assert not any(
        "http" in text
        for text in references_of_page(context, Work("about/", "About", "2024-06-01")).values()
    )
    assert "Add the address of this page." in pages_of(site)["about/index.md"].decode()
    assert "Add the address" not in small(ADDRESS)[1].docs["about/index.md"].decode()


def test_the_files_beside_a_page_say_the_same() -> None:
    """BibTeX, RIS and CSL-JSON of each fact, chart and hand-written page have its title, its date and its address, read by others' code."""
    _, site = small(ADDRESS)
    folders = [path.removesuffix("cite.bib") for path in site.files if path.endswith("cite.bib")]
    assert {
        "",
        "about/",
        "facts/monthly-loans/",
        "facts/loans-year/",
        "charts/loans-by-year/",
    } <= set(folders)
    for folder in folders:
        (csl,) = json.loads(site.files[f"{folder}cite.json"])
        (entry,) = parse_string(site.files[f"{folder}cite.bib"].decode(), "bibtex").entries.values()
        (ris,) = rispy.loads(site.files[f"{folder}cite.ris"].decode())
        assert csl["URL"] == entry.fields["url"] == ris["urls"][0] == f"{ADDRESS}{folder}"
        assert csl["title"] == ris["title"] == entry.fields["title"].strip("{}")
        (parts,) = csl["issued"]["date-parts"]
        day = "{:04}-{:02}-{:02}".format(*parts)
        assert (entry.fields["date"], ris["date"]) == (day, day.replace("-", "/") + "/")
    assert json.loads(site.files["cite.json"])[0]["title"] == "What the library lends"


@pytest.mark.parametrize("author", ["", "Барнс and Noble, Ukraine"])
def test_every_citation_of_a_chart_and_of_the_site_has_key_author_and_year(
    author: str, tmp_path: Path
) -> None:
    """The chart's download holds the entry of its page; both, and the site's own, name ``site_author``, or else the site."""
    project = copy_small(tmp_path / "project")
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write(f"\nsite_author: {author}\n" if author else "")
    _, context, site = gather(Options(project, project / "site", site_url=ADDRESS), Problems())
    table = context.tables["loans-by-year"]
    packed = zip_archive(
        context,
        table,
        {path: site.files.get(path, b"") for path in downloads_of(table.id).values()},
    )  # no pictures
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        kept = archive.read("loans-by-year/CITATION.txt").decode()
    entry = site.files["charts/loans-by-year/cite.bib"].decode()
    assert kept.endswith(entry)
    for text in references_of_page(
        context, Work("charts/loans-by-year/", table.title, dates_of_chart(context, table.id).cited)
    ).values():
        assert text.striptags() in kept
    for text in (entry, site.files["cite.bib"].decode()):
        (read,) = parse_string(text, "bibtex").entries.values()
        assert [str(person).strip("{}") for person in read.persons["author"]] == [
            author or context.site_name
        ]
        assert read.fields["year"] == "2024"
    assert list(parse_string(entry, "bibtex").entries) == ["charts-loans-by-year"]
    for path in ("cite.json", "charts/loans-by-year/cite.json"):
        assert json.loads(site.files[path])[0]["author"] == [
            {"literal": author or context.site_name}
        ]


def test_the_site_is_not_named_twice() -> None:
    """A page that is called as the site is names it once, whether or not an author is named."""
    for author in ("", "The librarians"):
        context = changed(
            small(ADDRESS)[0],
            author=author,
            patterns=Looked("patterns", {}),
            references=Looked("references", {}),
        )
        citations.fill_references(context)
        for text in references_of_page(context, Work("", context.site_name, "2024-06-01")).values():
            assert words(text).casefold().count(context.site_name.casefold()) == 1
            assert author in words(text)


@pytest.mark.parametrize("language", ["", "ru", "uk", "fr", "de", "ar"])
def test_a_filled_pattern_is_what_the_styles_print(language: str) -> None:
    """For any day, and for none, a page's reference made from a pattern is but for capitals what pandoc makes of the page itself."""
    context = changed(small(ADDRESS)[0], author="The librarians")
    days = [
        "",
        *(
            f"{1995 + month}-{month:02}-{day:02}"
            for month in range(1, 13)
            for day in (1, 2, 11, 23, 28)
        ),
    ]
    shaped = list(citations.page_patterns(context))
    # a title and an author of its own for each, as in the patterns: styles put letters to the years of one author's works
    works = [
        Work(f"p{number}/", f"Loans of branch {number}", day) for number, day in enumerate(days)
    ]
    whole = [
        {**citations.item_of_page(context, work), "author": [{"literal": f"Branch {work.key}"}]}
        for work in works
    ]
    for each in whole:
        each.pop("language")
    made = citations.format_references(
        {style: [*shaped, *whole] for style in citations.STYLES}, Cache(), language
    )
    for style, found in made.items():
        patterns = {
            style.name: {
                each["id"]: citations.pattern_of(found[each["id"]], each) for each in shaped
            }
        }
        for work, item in zip(works, whole, strict=True):
            ours = changed(
                context, author=item["author"][0]["literal"], patterns=Looked("patterns", patterns)
            )
            (text,) = references_of_page(ours, work).values()
            # in English one style gives titles capitals, which it cannot give to marks
            printed, said = (
                re.sub(r"</?a\b[^>]*>", "", each).casefold() for each in (found[item["id"]], text)
            )
            assert said in (printed, f"{printed} url: {ADDRESS}{work.path}"), (style.name, work)


def test_head_and_references_agree() -> None:
    """On every page of the real site the day, the heading and the author are the same in its head, its reference and its files."""
    _, site = gathered(ROOT, ADDRESS)
    days = set()
    pages, texts = [path for path in site.files if path.endswith("cite.bib")], pages_of(site)
    assert len(pages) > 80
    for folder in (path.removesuffix("cite.bib") for path in pages):
        text = texts[f"{folder}index.md"].decode()
        head = yaml.safe_load(text.split("\n---\n")[0].removeprefix("---\n"))
        shared, linked = head["shared"], json.loads(head["linked"])
        (csl,) = json.loads(site.files[f"{folder}cite.json"])
        (entry,) = parse_string(site.files[f"{folder}cite.bib"].decode(), "bibtex").entries.values()
        (ris,) = rispy.loads(site.files[f"{folder}cite.ris"].decode())
        day = shared["published"]
        assert (
            day
            == linked["datePublished"]
            == entry.fields["date"]
            == ris["date"].strip("/").replace("/", "-")
        ), folder
        assert "{:04}-{:02}-{:02}".format(*csl["issued"]["date-parts"][0]) == day, folder
        assert csl["title"] == ris["title"] == linked["headline"] == unescape(shared["title"]), (
            folder
        )
        assert csl["author"] == [{"literal": head["author"]}], folder
        for printed in re.findall(r'class="citable"[^>]*>(.*?)</dd>', unescape(text)):
            assert day[:4] in printed, folder
            assert csl["title"].rstrip("?").translate(INNER) in printed.translate(INNER), folder
        days.add(day)
    assert len(days) > 5, "the pages have days of their own"
    assert json.loads(site.files["ru/cite.json"])[0]["author"] == [
        {"literal": "Как Россия набирает людей в армию"}
    ]


def test_a_number_carries_who_says_it_and_where() -> None:
    """What is copied with a number is its value, its unit, the kind of statement, the voice, the period, and the address of its claim."""
    page = unescape(small(ADDRESS)[1].records["facts/monthly-loans/index.md"].decode())
    said = re.findall(r'<p class="citable">(.*?)</p>', page)
    assert said[0].startswith(
        "1,200 to 1,500 books a month (official claim, disputed; The librarians, in their report; for 2023). "
    )
    assert said[0].endswith("facts/monthly-loans/#report.")
    assert len(said) == 2
    home = unescape(small(ADDRESS)[1].docs["index.md"].decode())
    assert said[0] in home


def test_a_page_lists_its_sources_once() -> None:
    """The sources of a page's numbers and notes stand at its end, each once, in the order of the style, and lead to their own pages."""
    page = small()[1].docs["index.md"].decode()
    listed = page[page.index('<ul class="references">') :].partition("</ul>")[0]
    assert re.findall(r'href="sources/([\w-]+)/"', listed) == ["courier", "report"]
    assert "Report of the Alder Bridge Library" in unescape(listed)


def test_pandoc_is_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A first build starts pandoc once for all styles, however many pages and sources there are; a second one never."""
    project = copy_small(tmp_path / "project")
    replace(
        project / "seeds/sources/press.yaml",
        "Twenty-five years of reading",
        "Twenty-six years of reading",
    )
    started: list[list[str]] = []
    real = subprocess.run

    def counted(command: list[str], **values: object) -> object:
        started.append(command) if "lua" in command else None
        return real(command, **values)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", counted)
    cache = Cache()
    for _ in range(2):
        citations._format.cache_clear()
        gather(Options(project, project / "site"), Problems(), cache)
        assert len(started) == 1


def test_the_item_has_what_styles_need() -> None:
    """The first page stands for the whole site; others name the site that they are in, where an author is named beside it."""
    context = changed(small(ADDRESS)[0], author="The librarians")
    site, page = (
        item_of_page(context, Work("", context.site_name)),
        item_of_page(context, Work("about/", "About")),
    )
    assert (site["title"], site["author"], "container-title" in site) == (
        context.site_name,
        [{"literal": "The librarians"}],
        False,
    )
    assert (page["title"], page["container-title"]) == ("About", context.site_name)


def test_a_page_is_cited_by_the_day_of_its_publication(tmp_path: Path) -> None:
    """A page that says when it was published is cited by that day, though what it shows was checked later; its numbers by their own."""
    project = copy_small(tmp_path / "project")
    replace(
        project / "site_src" / "index.md", "layout: home", "layout: home\npublished: '2019-04-05'"
    )
    _, _, site = gather(Options(project, project / "site"), Problems())
    text = pages_of(site)["index.md"].decode()
    shared = yaml.safe_load(text.split("\n---\n")[0].removeprefix("---\n"))["shared"]
    assert shared["published"] == "2019-04-05" < shared["modified"]
    (csl,) = json.loads(site.files["cite.json"])
    assert csl["issued"] == {"date-parts": [[2019, 4, 5]]}
    assert "2019. “What the library lends.” April 5." in unescape(text)
    assert re.search(r"for 2023\). [^<]*2024\. “[^”]*”", unescape(text))
