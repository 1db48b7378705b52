"""What a change to the seeds moves: every sentence with its old and new words, every claim, derived fact, chart and edition."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import copy_small, publish, replace, run

from explainer.cli import impact
from explainer.cli.sentences import moved, sentences
from explainer.common.problems import Problems
from explainer.options import Options
from explainer.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small project with a year's number changed since it was published, and the change entered."""
    project = copy_small(tmp_path / "project")
    publish(project, "published/1")
    replace(project / "seeds/series/loans-year.yaml", "value: 9800", "value: 9900")
    replace(project / "seeds/series/loans-year.yaml", "9,800 loans in 2020", "9,900 loans in 2020")
    (project / "seeds/corrections.yaml").write_text(
        "- {id: y2020-mended, class: correction, fact: loans-year, claim: y2020, old: '9800', new: '9900', cause: A slip., "
        "found: A reader wrote in., wrong_since: '2024-02-01', fixed: '2024-03-02', effect: None.}\n",
        encoding="utf-8",
    )
    return project


def test_everything_that_moves_is_listed(project: Path) -> None:
    """The page's sentence, the claim, what is worked out from it, and the charts' points and alt texts stand there, old → new."""
    page = project / "site_src/about.md"
    page.write_text(
        page.read_text(encoding="utf-8")
        + '\nIn its early days it lent {{ fact("loans-year", claim="y2020") }}. Then more.\n',
        encoding="utf-8",
    )
    said = run("check", "--project", project, "--since", "published/1")
    assert said.code == 0, said.said
    assert (
        "Sentences: 1\n- site_src/about.md: “In its early days it lent 9,800.” → “In its early days it lent 9,900.”\n"
        in said.stdout
    )
    assert "Claims: 1\n- loans-year:y2020: “9800” → “9900”\n" in said.stdout
    assert "Derived facts: 1\n- loans-year:growth-2023: “6600” → “6500”\n" in said.stdout
    assert (
        "Charts: 1\n- loans-by-year: alt “Columns rise from 9,800 to 16,400.” → “Columns rise from 9,900 to 16,400.”; "
        in said.stdout
    )
    assert "loans-year:y2020 “9800” → “9900”" in said.stdout


def test_editions_of_moved_charts(tmp_path: Path) -> None:
    """The pinned editions of a chart that moved are named, and those of others are not."""
    project = copy_small(tmp_path / "project")
    for chart in ("loans-by-year", "loans-by-claimant"):
        (project / "seeds/editions" / chart).mkdir(parents=True)
        (project / "seeds/editions" / chart / "abc.html").write_text("x", encoding="utf-8")
    read = Project.read(Options(project, project / "site"), Problems())
    assert list(impact.editions(read, {"loans-by-year"})) == [
        "loans-by-year/abc: no longer current"
    ]


def test_nothing_moves_where_nothing_changed(tmp_path: Path) -> None:
    """Against the seeds as they are nothing is listed, and each list says so."""
    project = copy_small(tmp_path / "project")
    publish(project, "published/1")
    said = run("check", "--project", project, "--since", "HEAD").stdout
    for part in ("Sentences", "Claims", "Derived facts", "Charts", "Editions"):
        assert f"\n{part}: none" in said


def test_no_history_to_ask(tmp_path: Path) -> None:
    """Where git keeps nothing, asking what moved is a wrong use of the command, and is told why."""
    done = run("check", "--project", copy_small(tmp_path / "project"), "--since", "HEAD")
    assert done.code == 2
    assert "git does not keep this project" in done.stderr


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("# A heading\n\nA *b* [c](d.md){.e}.[^note] F", ["A heading", "A b c.", "F"]),
        (
            "A <button><data value='1'>1</data></button> b.\n<figure><p>No. No.</p></figure>\nC.",
            ["A 1 b.", "C."],
        ),
        (
            'It is <span>5<a class="num-kind" href="x">media report</a></span> now.',
            ["It is 5 now."],
        ),
        (
            "<p>One<br>more.</p><table><tr><td>No.</td></tr></table>\n\nDmitry A. Medvedev said so.",
            ["Onemore.", "Dmitry A. Medvedev said so."],
        ),
        ("Code `<script>` stays. And on.", ["Code stays.", "And on."]),
        ("«Да. Нет.» Ещё одно.", ["«Да.", "Нет.» Ещё одно."]),
    ],
)
def test_sentences_of_a_page(markdown: str, found: list[str]) -> None:
    """Words that a reader meets in sentences, without marks, links, drawings, tables and kinds of statement."""
    assert sentences(markdown) == found


def test_sentences_side_by_side() -> None:
    """A changed sentence stands beside its old words, one that came or went beside nothing, and the same ones nowhere."""
    assert list(moved(["a", "b", "c"], ["a", "B", "c", "d"])) == [("b", "B"), ("", "d")]
    assert list(moved(["a", "b"], ["b"])) == [("a", "")]
