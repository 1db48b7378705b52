"""Disagreement: a page that prints a disputed number says so below, once, unless its author already does."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT, copy_small, gathered, pages_of

import build
from explainer.common.problems import Problems, Refused
from explainer.options import Options
from explainer.render.prose.disputes import end_of_block

PAGE = "---\ntitle: A page\ndescription: About cards.\n---\n\n"
CALL = '{{ fact("members") }}'


def body(folder: Path, text: str, page: str = "extra") -> str:
    """What the generator makes of a page with this text, without its popovers and links to its paragraphs."""
    project = copy_small(folder / "project")
    (project / f"site_src/{page}.md").write_text(PAGE + text, encoding="utf-8")
    _, _, site = build.gather(Options(project, project / "site"), Problems())
    text = pages_of(site)[f"{page}/index.md"].decode().split('<aside class="popovers"')[0]
    return re.sub(r'<a class="para".*?</a>', "", text)


def test_a_disputed_number_is_said_to_be_one(tmp_path: Path) -> None:
    """Below the paragraph, folded, with the spread in words, everyone's claim, and who is followed."""
    made = body(tmp_path, f"In all {CALL} hold a card.\n\nThey read.\n")
    block = made[made.index("<details") : made.index("</details>")]
    assert made.index("hold a card") < made.index("<details") < made.index("They read.")
    assert (
        '<span class="dispute-word">Sources disagree</span> from 2,900 to over 3,400 people, by 2 claimants'
        in block
    )
    assert " open" not in block[: block.index(">")]
    assert "facts/members/#courier" in block
    assert "facts/members/#talk" in block


def test_once_a_page_and_not_where_the_author_does(tmp_path: Path) -> None:
    """Printed twice it is said once; where the author calls dispute() it stands there alone; what nobody disputes brings nothing."""
    for number, (text, count) in enumerate(
        [
            (f"A {CALL}.\n\nB {CALL}.\n", 1),
            (f'A {CALL}.\n\nB.\n\n{{{{ dispute("members") }}}}\n', 1),
            ('A {{ fact("voted") }}.\n', 0),
            ('A {{ fact("loans-year", claim="y2020") }}.\n', 0),
            ('A {{ fact("loans-year", claim="y2023") }}.\n', 1),
            ('{{ figures("members", "voted") }}\n', 1),
        ]
    ):
        assert body(tmp_path / str(number), text).count('<details class="dispute">') == count, text


def test_a_point_and_its_rivals(tmp_path: Path) -> None:
    """Of a series the point stands beside those that disagree with it, and no others; an author may ask for that too."""
    for number, text in enumerate(
        [
            'A {{ fact("loans-year", claim="y2023") }}.\n',
            'A.\n\n{{ dispute("loans-year:y2023") }}\n',
        ]
    ):
        made = body(tmp_path / str(number), text)
        block = made[made.index("<details") : made.index("</details>")]
        assert "from 16,400 to at least 17,000 books, by 2 claimants" in block
        assert re.findall(r"loans-year/#([\w-]+)", block) == ["y2023", "y2023-courier"]


def test_two_points_with_the_same_rivals_share_one_fold(tmp_path: Path) -> None:
    """A page that prints both of two values on which sources disagree says so once."""
    made = body(
        tmp_path,
        'It lent {{ fact("loans-year", claim="y2023") }}, or {{ fact("loans-year", claim="y2023-courier") }}.\n',
    )
    assert made.count('<details class="dispute">') == 1


def test_the_line_tells_what_is_followed_from_what_is_not(tmp_path: Path) -> None:
    """Where those who are followed agree, the line says what they say, and what is not followed."""
    made = body(tmp_path, 'It opened on {{ fact("opened") }}.\n')
    assert "4 May 1998; not followed here: 4 May 1997</summary>" in made


def test_a_note_names_statements_that_disagree(tmp_path: Path) -> None:
    """Whole sentences stand beside one another without a stop between, and that they disagree is said once."""
    claim = "{{id: {id}, text: '{text}', said_by: {id}, kind: analysis, standing: disputed, rank: normal, why: Nobody asked., evidence: [{proof}]}}"
    proof = "{source: report, stance: supports, quote: People come for the warm reading room}"
    views = [
        claim.format(id=name, text=text, proof=proof)
        for name, text in (("one", "For the room."), ("other", "For the books."))
    ]
    fact = "- {{id: reasons, question: Why do they come?, as_of: '2024-02-01', review_by: '2025-02-01', claims: [{}]}}\n".format(
        ", ".join(views)
    )
    project = copy_small(tmp_path / "project")
    (project / "seeds/facts/reasons.yaml").write_text(fact, encoding="utf-8")
    (project / "site_src/extra.md").write_text(
        PAGE + 'They come.{{ cite("reasons") }}\n', encoding="utf-8"
    )
    _, _, site = build.gather(Options(project, project / "site"), Problems())
    note = re.search(
        r"^\[\^.*For the room.*$", pages_of(site)["extra/index.md"].decode(), re.MULTILINE
    )
    assert note is not None
    assert "For the room – or – For the books. (one; other; sources disagree)" in re.sub(
        r"\\(?=[().–-])", "", html.unescape(note.group())
    )


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (f"In all {CALL}\nhold a card.\n\nB.\n", "hold a card."),
        (f"- a {CALL}\n- b\n\n- c\n\nB.\n", "- c"),
        (f"- a {CALL}\n\n    inside\n\nB.\n", "inside"),
        (f"1. a {CALL}\n2. b\n\nB.\n", "2. b"),
        (f"## With {CALL}\n\nBelow it.\n\nB.\n", "Below it."),
        (f"Last {CALL}.", "."),
    ],
)
def test_it_stands_below_the_whole_paragraph_or_list(text: str, after: str, tmp_path: Path) -> None:
    """A list is not cut in two, a heading keeps its paragraph, and the block begins on a line of its own."""
    before = body(tmp_path, text).split('<details class="dispute">')[0]
    assert before.rstrip().endswith(after)
    assert before.endswith("\n\n")


@given(st.text(st.sampled_from("a#-1. \n\t"), max_size=80), st.data())
def test_the_end_of_a_block_lies_at_or_after_the_place(text: str, data: st.DataObject) -> None:
    """Wherever a call ends, the block's end is found, never before it in a text that goes on, and at the end of a line."""
    text = f"{text}x"
    position = data.draw(st.integers(0, len(text)))
    end = end_of_block(text, position)
    assert position <= end <= len(text)
    assert end == len(text) or text[end] == "\n"


def test_every_page_of_this_site_says_where_sources_disagree() -> None:
    """On no page of the first explainer is a disputed number printed and the disagreement left out."""
    context, site = gathered(ROOT)
    facts = context.ledger.facts.values()
    disputed = {
        fact.id
        for fact in facts
        if context.views.claims(fact) and context.views.answer(fact).state == "spread"
    }
    for path, data in pages_of(site).items():
        if not path.endswith(".md") or path.startswith(("facts/", "sources/", "charts/")):
            continue
        text = data.decode()
        said = re.findall(r'data-opens="pop(?:-|&#45;)([\w&#;-]+?)"', text)
        for name in {each.replace("&#45;", "-").split("--")[0] for each in said} & disputed:
            blocks = re.findall(r'<details class="dispute">.*?</details>', text, re.DOTALL)
            assert any(f"facts/{name}/" in block for block in blocks), f"{path}: {name}"


def test_a_chart_on_the_page_is_not_drawn_again(tmp_path: Path) -> None:
    """Where the author names the chart that draws the claims, the fold leads to it instead, and still lists them all."""
    made = body(
        tmp_path,
        '{{ chart("loans-by-year") }}\n\n{{ dispute("loans-year:y2023", chart="loans-by-year") }}\n',
    )
    block = made[made.index('<details class="dispute"') :].split("</details>")[0]
    assert "<svg" not in block
    assert '<a href="#chart-loans-by-year">See the chart “' in block
    assert re.findall(r"loans-year/#([\w-]+)", block) == ["y2023", "y2023-courier"]


@pytest.mark.parametrize(
    ("chart", "said"),
    [("nothing", "no chart 'nothing'"), ("loans-by-year", "draws books, and not what")],
)
def test_the_chart_must_be_one_that_could_draw_them(tmp_path: Path, chart: str, said: str) -> None:
    """An unknown chart, or one of another unit, is a problem at the call."""
    with pytest.raises(Refused) as refused:
        body(tmp_path, f'{{{{ dispute("members", chart="{chart}") }}}}\n')
    (problem,) = refused.value.problems
    assert said in problem.message
    assert str(problem.place) == "site_src/extra.md:6:1"
