"""What a page says of itself in short: its day, its description, and its heading in plain words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import copy_small, replace
from test_feeds import HARD
from test_linked_data import records, worked_out

from build import gather
from explainer.common.problems import Problems
from explainer.options import Options
from explainer.publish.wording import MAX_DESCRIPTION, MIN_DESCRIPTION, summary
from explainer.render.pages.page import open_graph_locale
from explainer.render.prose.paragraphs import plain_heading

LOANS = "counts: [loans, volumes]\n  as_of: '2024-02-01'"
Told = dict[str, dict[str, str]]


@pytest.fixture
def told(tmp_path: Path) -> Callable[..., Told]:
    """What the pages of the small project say of themselves, by file, once a function has changed it."""

    def made(change: Callable[[Path], None]) -> Told:
        project = copy_small(tmp_path / "project")
        change(project)
        problems = Problems()
        _, _, site = gather(Options(project, project / "site"), problems)
        assert not list(problems), list(problems)
        return records(site)

    return made


def days(told: Told, file: str) -> tuple[str | None, str]:
    """The day of publication and of the last change that a page gives."""
    return told[file].get("datePublished"), told[file]["dateModified"]


def test_a_page_is_dated_by_what_it_shows() -> None:
    """A page is of the newest day for which something on it was checked; one that shows nothing dated was only changed with the seeds."""
    context, site = worked_out()
    found = records(site)
    for name, holder in context.ledger.holders.items():
        assert days(found, f"facts/{name}/index.md") == (
            str(holder.as_of.last),
            str(holder.as_of.last),
        )
    newest = max(str(holder.as_of.last) for holder in context.ledger.holders.values())
    assert days(found, "facts/index.md") == (newest, newest)
    assert days(found, "glossary/index.md") == (None, str(context.ledger.newest_date.last))


def test_a_month_stands_for_its_last_day(told: Callable[..., Told]) -> None:
    """A fact that was checked in some month dates its page by the last day of it, which programs can read."""
    found = told(
        lambda project: replace(
            project / "seeds/facts/loans.yaml", LOANS, LOANS.replace("-01'", "'")
        )
    )
    assert days(found, "facts/monthly-loans/index.md") == ("2024-02-29", "2024-02-29")


def test_what_is_written_of_a_page_stands(told: Callable[..., Told]) -> None:
    """The day that an author writes is the day of publication, whatever was checked later; later things change the page."""
    found = told(
        lambda project: replace(
            project / "site_src/index.md", "layout: home", "layout: home\npublished: '2021-03-04'"
        )
    )
    published, modified = days(found, "index.md")
    assert published == "2021-03-04" < modified


def test_a_correction_changes_the_pages_that_it_is_about(told: Callable[..., Told]) -> None:
    """A correction of a fact changes the day of its page and of pages that speak of it, and of no other."""
    found = told(
        lambda project: (project / "seeds/corrections.yaml").write_text(HARD, encoding="utf-8")
    )
    before = records(worked_out()[1])
    assert days(found, "facts/monthly-loans/index.md")[1] == "2024-04-30"
    assert days(found, "index.md")[1] == "2024-04-30"
    assert days(found, "corrections/index.md") == ("2024-04-30", "2024-04-30")
    assert days(found, "facts/opened/index.md") == days(before, "facts/opened/index.md")


def test_a_chart_was_published_when_it_was_released() -> None:
    """The page of a chart that has editions is of the day of the first of them, and not older than any."""
    context, site = worked_out("real")
    found = records(site)
    assert context.editions
    for name in context.tables:
        released = [edition.date for edition in context.editions.get(name, ())]
        published, modified = days(found, f"charts/{name}/index.md")
        assert not released or (published == min(released) and modified >= max(released))


@pytest.mark.parametrize(
    ("text", "more", "wanted"),
    [
        (
            "Short, with more.",
            ("About the site", "never needed" * 9),
            f"Short, with more. About the site. {'never needed' * 9}",
        ),
        ("Long enough as it stands, with fifty characters and some.", ("Not needed",), None),
        ("Said twice", ("Said twice", "and no more"), "Said twice. and no more"),
        ("Коротко!", ("Про що цей сайт",), "Коротко! Про що цей сайт"),
        ("«Коротко.»", ("Ще слова",), "«Коротко.» Ще слова"),
        ("", ("All there is",), "All there is"),
        ("短い。", ("説明",), "短い。 説明"),
    ],
)
def test_short_descriptions_are_filled(
    text: str, more: tuple[str, ...], wanted: str | None
) -> None:
    """A short description is followed by other words, each once and only as many as are needed."""
    assert summary(text, *more) == (wanted or text)


@pytest.mark.parametrize(
    "text",
    [
        "word " * 60,
        "за рік — 1 000 000 " * 20,
        "日本語の説明" * 40,
        "हिन्दी" * 60,
        "unbroken" * 40,
        "x" * 159 + " end and more",
        "x" * 160 + " end and more",
    ],
)
def test_long_descriptions_end_at_a_word(text: str) -> None:
    """A long one is cut between words, never within a number; without spaces, between letters and not before a letter's mark."""
    found = summary(text)
    kept = found.removesuffix("…")
    rest = text[len(kept) :]
    assert MIN_DESCRIPTION <= len(found) <= MAX_DESCRIPTION
    assert text.startswith(kept)
    assert " " not in text[:MAX_DESCRIPTION] or rest[0] in " —,"
    assert not (kept[-1].isdigit() and rest[1:2].isdigit())
    assert rest[0] < "\u0900" or rest[0] not in "ािीुूेैोौ्"


@given(st.text(max_size=400), st.text(max_size=100))
def test_no_description_is_too_long(text: str, more: str) -> None:
    """Whatever an author writes, a description has room."""
    assert len(summary(text, more)) <= MAX_DESCRIPTION


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("# Plain\n", "Plain"),
        ("Before it.\n\n#   Closed   ###\n", "Closed"),
        (
            '# With *marks*, `code` & "quotes" < that {#anchor .class}\n',
            'With marks, code & "quotes" < that',
        ),
        ("# [A link](https://example.org/) to \\*it\\*\n", "A link to *it*"),
        ("Underlined\n==========\n\n# Second\n", "Underlined"),
        ("```\n# no heading\n```\n\n~~~~\n# nor this\n~~~\n~~~~\n\n# Heading\n", "Heading"),
        ("## Second level alone\n", ""),
        ("#hashtag\n", "hashtag"),
        ("# Two   spaces,\ta tab\n", "Two spaces, a tab"),
        ("# One&nbsp;line and&#10;another\n", "One line and another"),
        ("", ""),
        (
            '# Since {{ fact("opened") }}, {{ number("two", why="a test") }} floors\n',
            "Since 4 May 1998, two floors",
        ),
        ("# Скільки людей?\n", "Скільки людей?"),
    ],
)
def test_a_heading_in_plain_words(body: str, wanted: str) -> None:
    """The first heading of the first level, as readers see it, calls and marks worked out; headings within code are none."""
    assert plain_heading("about.md", body, worked_out()[0]) == wanted


@pytest.mark.parametrize(
    ("locale", "wanted"),
    [
        ("en_GB", "en_GB"),
        ("uk_UA", "uk_UA"),
        ("de", "de_DE"),
        ("ja", "ja_JP"),
        ("zh_Hant_TW", "zh_TW"),
        ("zh_Hans", "zh_CN"),
        ("zh_Hant", "zh_TW"),
        ("ar", "ar_EG"),
    ],
)
def test_a_locale_has_a_territory(locale: str, wanted: str) -> None:
    """A locale is a language with a territory, the likeliest where none is named, and never a script."""
    assert open_graph_locale(locale) == wanted
