"""What editors do to a project, at random but by a seed: each edit is a function of the folder and of a source of chance."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

from support import ROOT

_LETTERS = str.maketrans("01", "ab")
Edit = Callable[[Path, random.Random], None]


def _lines(
    path: Path, pattern: str, change: Callable[[re.Match[str]], str], chance: random.Random
) -> None:
    """Change one of the places at which a pattern stands."""
    text = path.read_text(encoding="utf-8")
    match = chance.choice(list(re.finditer(pattern, text)))
    path.write_text(text[: match.start()] + change(match) + text[match.end() :], encoding="utf-8")


def _note(folder: Path, chance: random.Random) -> None:
    """Other words about a claim or a point: a fact's page and its record, and the table of a chart."""
    path = (
        folder
        / "seeds"
        / chance.choice(["facts/library.yaml", "facts/loans.yaml", "series/loans-year.yaml"])
    )
    _lines(
        path, r"says: [^\n}]*", lambda _: f"says: Words number {chance.randrange(10**6)}.", chance
    )


def _question(folder: Path, chance: random.Random) -> None:
    """Another question: its page, all lists, and every popover that it stands in."""
    _lines(
        folder / "seeds" / "facts" / "library.yaml",
        r"question: [^\n]*",
        lambda _: (
            f"question: What of matter q{''.join(chance.choices('bcdfgh', k=6))}?"
        ),  # a number would need a source
        chance,
    )


def _prose(folder: Path, chance: random.Random) -> None:
    """Another sentence at the end of a page."""
    path = chance.choice(sorted((folder / "site_src").rglob("*.md")))
    path.write_text(
        f"{path.read_text(encoding='utf-8')}\n\nWords {chance.choice(['of a kind', 'of another', 'of yet another'])}.\n",
        encoding="utf-8",
    )


def _heading(folder: Path, chance: random.Random) -> None:
    """A section more, which the search shows as a place of its own."""
    path = chance.choice(sorted((folder / "site_src").rglob("*.md")))
    word = chance.choice(["Birds", "Trees", "Rivers", "Hills"])
    path.write_text(
        f"{path.read_text(encoding='utf-8')}\n\n## {word} {{#part-{chance.randrange(10**9)}}}\n\nMore.\n",
        encoding="utf-8",
    )


def _title(folder: Path, chance: random.Random) -> None:
    """Another title in a page's head: its tab, its card, and its neighbours in the navigation."""
    path = chance.choice(sorted((folder / "site_src").rglob("*.md")))
    _lines(
        path,
        r"\A---\ntitle: [^\n]*",
        lambda _: f"---\ntitle: Called {chance.choice('ABCDEFGH')}",
        chance,
    )


def _new_page(folder: Path, chance: random.Random) -> None:
    """A page that was not there."""
    name = f"extra-{chance.randrange(4)}.md"
    head = f"---\ntitle: Extra {chance.choice('ABCDEFGH')}\ndescription: Another page.\n---\n\n"
    (folder / "site_src" / name).write_text(
        f'{head}# Extra\n\nIt says {{{{ fact("members") }}}}.\n', encoding="utf-8"
    )


def _page_gone(folder: Path, chance: random.Random) -> None:
    """A page that is no longer there."""
    extra = sorted((folder / "site_src").glob("extra-*.md"))
    if extra:
        chance.choice(extra).unlink()


def _site_name(folder: Path, chance: random.Random) -> None:
    """Another name of the site, which stands on every page."""
    _lines(
        folder / "mkdocs.yml",
        r"site_name: [^\n]*",
        lambda _: f"site_name: Library {chance.choice('ABCDEFGH')}",
        chance,
    )


def _picture(folder: Path, chance: random.Random) -> None:
    """A file beside the pages."""
    path = folder / "site_src" / "assets" / f"list-{chance.randrange(3)}.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{chance.randrange(10**6)}\n", encoding="utf-8")


def _chart(folder: Path, chance: random.Random) -> None:
    """Other words above a chart."""
    _lines(
        folder / "seeds" / "charts" / "charts.yaml",
        r"title: [^\n]*",
        lambda _: f"title: Loans, told in way {chance.choice('ABCDEFGH')}",
        chance,
    )


def _term(folder: Path, chance: random.Random) -> None:
    """Another explanation of a word, wherever the word stands."""
    _lines(
        folder / "seeds" / "glossary.yaml",
        r"means: [^\n]*",
        lambda _: f"means: What is meant by it, put in way {chance.choice('ABCDEFGH')}.",
        chance,
    )


def _source(folder: Path, chance: random.Random) -> None:
    """Another publisher of a document, which stands wherever a claim of it does."""
    path = folder / "seeds" / "sources" / chance.choice(["library.yaml", "press.yaml"])
    _lines(
        path,
        r"publisher: [^\n]*",
        lambda _: f"publisher: Printer {chance.choice('ABCDEFGH')}",
        chance,
    )


def _speaker(folder: Path, chance: random.Random) -> None:
    """Another speaker of a claim."""
    _lines(
        folder / "seeds" / "facts" / "library.yaml",
        r"said_by: [^\n]*",
        lambda _: f"said_by: Speaker {chance.choice('ABCDEFGH')}",
        chance,
    )


def _fact_more_or_less(folder: Path, chance: random.Random) -> None:
    """A fact that was not there, or is no longer: its page, every list, and its source's page."""
    path = folder / "seeds" / "facts" / f"more-{chance.randrange(2)}.yaml"
    if path.is_file():
        path.unlink()
        return
    fact = "unit: people, as_of: '2024-02', review_by: '2025-02-01', value: 2900, said_on: '2023-05-03', reported_by: Courier"
    evidence = "evidence: [{source: courier, stance: supports, locator: 'some 2,900 hold a card', says: Gives 2900.}]"
    told = f"question: How many hold {chance.choice(['a card', 'such a card'])} of kind {path.stem[-1:].translate(_LETTERS)}?"
    path.write_text(
        f"- {{id: {path.stem}, {told}, {fact}, kind: media-report, standing: confirmed, {evidence}}}\n",
        encoding="utf-8",
    )


def _group(folder: Path, chance: random.Random) -> None:
    """Another name for one side of a comparison, which every chart and every table of it prints."""
    _lines(
        folder / "seeds" / "definitions.yaml",
        r"label: [^\n}]*",
        lambda _: f"label: Side {chance.choice('ABCDEFGH')}",
        chance,
    )


def _template(folder: Path, chance: random.Random) -> None:
    """A file of the project's own in the place of one of the generator's: of a page, or printed into embeds."""
    name = chance.choice(["pages/fact.html.j2", "embed/embed.css"])
    path, remark = folder / "templates" / name, f"{chance.randrange(10**6)}"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = (ROOT / "templates" / name).read_text(encoding="utf-8")
    path.write_text(
        text + (f"\n<p>{remark}</p>\n" if name.endswith(".j2") else f"\n.m{remark}{{margin:0}}\n"),
        encoding="utf-8",
    )


def _mistake(folder: Path, chance: random.Random) -> None:
    """A call that names nothing: the build fails, and what comes after is built upon what it left."""
    path = folder / "site_src" / "about.md"
    call = chance.choice(["fact", "cite", "term"])
    path.write_text(
        f'{path.read_text(encoding="utf-8")}\n\n{{{{ {call}("no-such-thing") }}}}\n',
        encoding="utf-8",
    )


def _mistake_of_the_engine(folder: Path, chance: random.Random) -> None:
    """A link that only the engine finds to be broken."""
    path = folder / "site_src" / "about.md"
    path.write_text(
        f"{path.read_text(encoding='utf-8')}\n\n[To a file](nothing-{chance.randrange(9)}.pdf)\n",
        encoding="utf-8",
    )


def mend(folder: Path) -> None:
    """Take every mistake out again."""
    path = folder / "site_src" / "about.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        re.sub(r"\n\n(\{\{ \w+\(\"no-such-thing\"\) \}\}|\[To a file\][^\n]*)\n", "\n", text),
        encoding="utf-8",
    )


EDITS: tuple[Edit, ...] = (
    _note, _question, _prose, _heading, _title, _new_page, _page_gone, _site_name, _picture, _chart, _term, _source, _speaker,
    _fact_more_or_less, _group, _template, _mistake, _mistake_of_the_engine,
)  # fmt: skip
