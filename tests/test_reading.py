"""How long and how hard pages are to read, the anchors of their paragraphs, and the way to report an error."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from support import ROOT, lend, replace, run

from explainer.model.ledger import Ledger
from explainer.publish.templates import Templates
from explainer.publish.wording import Wording
from explainer.render.context import Context
from explainer.render.pages import page
from explainer.render.prose.paragraphs import anchored, reading_of

TEMPLATES = Templates([ROOT / "templates"])


def test_the_index_by_hand() -> None:
    """Ten words of forty letters in two sentences: 4.71 x 4 + 0.5 x 5 - 21.43."""
    reading = reading_of("Four more bold cats sang. They then went home, glad.")
    letters = sum(
        len(word)
        for word in ["Four", "more", "bold", "cats", "sang", "They", "then", "went", "home", "glad"]
    )
    assert (reading.words, letters, len(reading.sentences)) == (10, 40, 2)
    assert reading.index == pytest.approx(4.71 * 4 + 0.5 * 5 - 21.43)


def test_what_is_not_prose_is_not_counted() -> None:
    """Headings, blocks of HTML, notes, the kind beside a number and a paragraph's anchor are no words of the page."""
    text = (
        "# A title\n\nThree plain words[^note].\n{: .lede }\n\n<figure>\nnot these\n</figure>\n\n"
        'It is <span class="num"><button>seven</button> <a class="num&#45;kind" href="x">official act</a></span>. '
        '<a class="para" id="p" href="#p"></a>\n\n- [a link](page.md) here\n- more\n'
    )
    assert reading_of(text).sentences == (
        "Three plain words .",
        "It is seven .",
        "a link here",
        "more",
    )


def test_an_anchor_outlives_its_numbers_and_not_its_words() -> None:
    """The anchor is of the author's words with calls unworked, so it stays when a value changes and goes when the words do."""

    def names(text: str) -> list[str]:
        return re.findall(r'id="(p&#45;[^"]+)"', anchored(text, TEMPLATES))

    text = 'One paragraph {{ fact("a") }}.\n\n- an item\n- another\n\n{{ chart("c") }}\n\n## A heading\n\nThe end.\n{: .lede }\n'
    assert len(names(text)) == len(set(names(text))) == 4
    assert names("Something before.\n\n" + text)[1:] == names(text)
    assert names(text.replace("paragraph", "passage"))[0] != names(text)[0]
    assert len(set(names("Same.\n\nSame.\n"))) == 2


def test_the_author_is_told_how_each_page_reads(small_project: Path) -> None:
    """The check prints every page's words, minutes and, for English, the index."""
    said = run("check", "--project", small_project).stdout
    for name in ("about", "index"):
        assert re.search(
            rf"^site_src/{name}\.md: \d+ words, \d+ min; -?\d+\.\d on the Automated Readability Index$",
            said,
            re.MULTILINE,
        )
    assert str(reading_of("Три слова тут.", english=False)) == "3 words, 1 min"


def test_the_first_page_keeps_its_promise() -> None:
    """In brief has a budget of 600 words, five large figures and two charts."""
    text = (ROOT / "site_src" / "index.md").read_text(encoding="utf-8")
    assert re.search(r"^words: 600$", text, re.MULTILINE)
    assert text.count("{{ chart(") == 2
    figures = re.search(r"\{\{ figures\((.*?)\) \}\}", text)
    assert figures is not None
    assert figures.group(1).count('"') == 10


@pytest.mark.parametrize(
    "page", sorted((ROOT / "site_src").glob("*.md")), ids=lambda path: path.stem
)
def test_a_page_answers_first_and_says_how_sure_it_is(page: Path) -> None:
    """Each page opens with an answer of two sentences, and but for the page on method says how sure it is."""
    text = page.read_text(encoding="utf-8")
    lede = re.search(r"^# .*\n\n(?P<lede>.*)\n\{: \.lede \}$", text, re.MULTILINE)
    assert lede is not None
    plain = re.sub(r"\{\{.*?\}\}", "", lede.group("lede"))
    assert len(re.findall(r"[.?!](?=\s|$)", plain)) == 2, plain
    assert "## How sure are we" in text or page.stem == "method"


@pytest.mark.parametrize(
    "address",
    ["https://example.org/new?title=Error+in+{claim}", "mailto:desk@example.org?subject={claim}"],
)
def test_errors_are_reported_with_the_claims_id(
    small_project: Path, good: Path, address: str
) -> None:
    """Where an address is set, each claim links to it with its own id; where none is, the page says whom to tell."""
    fact = small_project / "site" / "facts" / "monthly-loans" / "index.html"
    assert run("--project", lend(good, small_project)).code == 0
    assert "no address for reports" in fact.read_text(encoding="utf-8")
    replace(
        small_project / "mkdocs.yml",
        "  generator: false\n",
        f"  generator: false\n  report: '{address}'\n",
    )
    done = run("--project", small_project)
    assert done.code == 0, done.said
    assert address.replace("{claim}", "monthly-loans%3Areport") in fact.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("named", "address"),
    [
        (
            "https://github.com/owner/name",
            "https://github.com/owner/name/issues/new?title=Error+in+f%3Ac&body=",
        ),
        (
            "https://codeberg.org/owner/name.git",
            "https://codeberg.org/owner/name/issues/new?title=Error+in+f%3Ac&body=",
        ),
        (
            "https://gitlab.com/owner/name/",
            "https://gitlab.com/owner/name/-/issues/new?issue%5Btitle%5D=Error+in+f%3Ac&issue%5Bdescription%5D=",
        ),
        ("mailto:editor@example.org", "mailto:editor@example.org?subject=Error%20in%20f%3Ac&body="),
    ],
)
def test_a_report_begins_with_the_claim_and_the_page(named: str, address: str) -> None:
    """A repository's address leads to a new issue, a mail address to a new letter; both name the claim and the page it stands on."""
    context = Context(Ledger(), Wording(), TEMPLATES, address="https://site.example/", report=named)
    made = page.report_address(context, "facts/f", "f:c")
    assert made.startswith(address)
    assert "https://site.example/facts/f/" in unquote_plus(made)
    assert "f:c" in unquote_plus(made.removeprefix(address))


def test_an_odd_address_for_reports_is_refused(small_project: Path) -> None:
    """An address that is neither a page's nor a mailbox's is a problem of the configuration."""
    replace(
        small_project / "mkdocs.yml",
        "  generator: false\n",
        "  generator: false\n  report: javascript:alert(1)\n",
    )
    done = run("check", "--project", small_project)
    assert done.code == 1
    assert "engine-config" in done.said
    assert "no address to report errors at" in done.said
