"""Editions: what was released never changes, whatever becomes of the facts, the templates and the style."""

from __future__ import annotations

import functools
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from support import lend, replace, run, tree_hash

import build
from explainer.common import disk
from explainer.common.problems import Problems
from explainer.history.editions import FOLDER, SLOT, edition_id, edition_paths, record_bytes
from explainer.incremental.cache import Cache
from explainer.options import Options
from explainer.render.context import Context
from explainer.render.editions import content_of, release, same
from explainer.render.site import Site

RELEASES = [6, pytest.param(50, marks=pytest.mark.audit)]
"""How many releases the long test makes, on every push and in the audit."""
_NOTICE = re.compile(r'<p class="notice" role="note">(?P<text>.*?)</p>')


@functools.cache
def drawn() -> Cache:
    """What one test has drawn, for the others."""
    return Cache()


def gathered(project: Path) -> tuple[Context, Site]:
    """The project as it would be published."""
    problems = Problems()
    _, context, site = build.gather(
        Options(project, project / "site", trust=True), problems, drawn()
    )  # some have a style of their own
    return context, site


def released(project: Path, date: str) -> dict[str, bytes]:
    """Release, and return the files of the new editions."""
    files = release(gathered(project)[0], date)
    disk.add(project, files)
    return files


def editions(project: Path) -> dict[str, bytes]:
    """Every file among the editions, by path in the project."""
    return {
        path.relative_to(project).as_posix(): path.read_bytes()
        for path in sorted((project / FOLDER).rglob("*"))
        if path.is_file()
    }


def pinned(site: Site, path: str) -> str:
    """The page of the edition whose body stands at a path of the project."""
    data = site.files[f"embed/{path.removeprefix(FOLDER + '/').removesuffix('.html')}/index.html"]
    return data.decode()


@pytest.mark.parametrize("releases", RELEASES)
def test_no_byte_of_an_edition_changes_over_many_releases(
    small_project: Path, releases: int, tally: Callable[[str, int], None]
) -> None:
    """Over many releases, each with another value and another style, every edition and every pinned page but for its notice stays."""
    series, css = (
        small_project / "seeds/series/loans-year.yaml",
        small_project / "templates/embed/embed.css",
    )
    css.parent.mkdir(parents=True)
    kept: dict[str, bytes] = {}
    for number in range(releases):
        css.write_text(f"main {{ margin: {number}px; }}", encoding="utf-8")
        if number:
            replace(series, f"value: {9799 + number}\n", f"value: {9800 + number}\n")
            replace(
                series, f"'{9799 + number:,} loans in 2020'", f"'{9800 + number:,} loans in 2020'"
            )
        new = released(small_project, f"2024-03-{1 + number // 2:02}")
        assert len([path for path in new if "/loans-by-year/" in path]) == 3
        assert not kept.keys() & new.keys()
        kept |= new
        assert editions(small_project) == kept
        site = gathered(small_project)[1]
        for path, data in kept.items():
            if path.endswith(".html"):
                assert _NOTICE.sub("", pinned(site, path)) == data.decode().replace(SLOT, "")
            if path.endswith(".png"):
                assert (
                    site.files[
                        f"embed/{path.removeprefix(FOLDER + '/').removesuffix('.png')}/chart.png"
                    ]
                    == data
                )
        tally("releases: no byte of an older edition differs", 1)


def test_nothing_changed_is_nothing_released(small_project: Path) -> None:
    """A second release of the same content makes no edition, also when the template has changed in between."""
    assert len(released(small_project, "2024-03-03")) == 6
    before = editions(small_project)
    css = small_project / "templates/embed/embed.css"
    css.parent.mkdir(parents=True)
    css.write_text("main { color: green; }", encoding="utf-8")
    assert released(small_project, "2024-03-04") == {}
    assert editions(small_project) == before


def test_a_pinned_embed_is_its_body_to_the_byte(small_project: Path, good: Path) -> None:
    """While it is current, a pinned page has no notice; the built file is the body but for the slot."""
    new = released(small_project, "2024-03-03")
    done = run("--project", lend(good, small_project))
    assert done.code == 0, done.said
    for path, data in new.items():
        if path.endswith(".html"):
            page = (
                small_project
                / "site/embed"
                / path.removeprefix(FOLDER + "/").removesuffix(".html")
                / "index.html"
            )
            assert page.read_bytes() == data.replace(SLOT.encode(), b"")


CHANGES = {
    "a value": ("seeds/series/loans-year.yaml", "value: 9800\n", "value: 9900\n", "1 of 4 values has changed since."),
    "an end": ("seeds/series/loans-year.yaml", "value: 12000..12500\n", "value: 12000..12600\n", "1 of 4 values has changed since."),
    "its words": ("seeds/charts/charts.yaml", "subtitle: Books lent in each year\n", "subtitle: Loans in each year\n", "Its words have changed since."),
    "a value more": ("seeds/series/loans-year.yaml", "      period: 2020/2023\n      show: context\n", "      period: '2024'\n      show: main\n", "1 value has been added since."),
    "a value less": ("seeds/series/loans-year.yaml", "      period: '2020'\n      show: main\n", "      period: '2020'\n      show: context\n", "1 of 4 values has changed since."),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_no_longer_current_says_so_in_one_line(small_project: Path, change: str) -> None:
    """The notice names the day and how many values have changed, and leads to the latest; every word of it is worked out at build time."""
    path, old, new, said = CHANGES[change]
    body = next(
        path
        for path in released(small_project, "2024-03-03")
        if "by-year" in path and path.endswith(".html")
    )
    text = (small_project / path).read_text(encoding="utf-8")
    assert old in text
    (small_project / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    if "9900" in new:
        replace(small_project / path, "9,800 loans", "9,900 loans")
    chart = small_project / "seeds/charts/charts.yaml"
    if change == "a value less":
        replace(chart, "  notes:\n    - {at: y2020, text: The quiet year}\n", "")
        replace(
            chart,
            'alt: \'Columns rise from {{ fact("loans-year", claim="y2020") }} to',
            "alt: 'Columns rise to",
        )
    if change == "a value more":
        replace(chart, "title: Two numbers for one year", "title: The numbers of each year")
    found = _NOTICE.findall(pinned(gathered(small_project)[1], body))
    assert found == [
        f'Pinned 3 March 2024. {said} <a href="../../../charts/loans-by-year/">See the latest</a>'
    ]


def test_a_mended_mistake_is_said(small_project: Path) -> None:
    """Where a correction is entered for a changed value, the live embed says it with both values, and the pinned one that it was a mistake."""
    body = next(
        path
        for path in released(small_project, "2024-03-03")
        if "by-year" in path and path.endswith(".html")
    )
    series = small_project / "seeds/series/loans-year.yaml"
    replace(series, "value: 9800\n", "value: 9900\n")
    replace(series, "9,800 loans", "9,900 loans")
    (small_project / "seeds/corrections.yaml").write_text(
        "- id: loans-2020\n  class: correction\n  fact: loans-year\n  claim: y2020\n  old: '9800'\n  new: '9900'\n"
        "  cause: Two digits were swapped.\n  found: A reader wrote.\n  wrong_since: '2024-02-01'\n  fixed: '2024-04-02'\n  effect: None.\n",
        encoding="utf-8",
    )
    site = gathered(small_project)[1]
    live = site.files["embed/loans-by-year/index.html"].decode()
    assert "Corrected on 2 April 2024:" in live
    assert "2020: 9,800 books is now 9,900 books. Two digits were swapped." in re.sub(
        r"<[^>]+>", "", live
    )
    assert "1 of 4 values has changed since, to mend a mistake." in pinned(site, body)


def test_a_withdrawn_chart_answers_with_a_notice(small_project: Path, good: Path) -> None:
    """Page, embed, explorer and pinned embed of a withdrawn chart are there, and each says when and why it was withdrawn."""
    body = next(
        path
        for path in released(small_project, "2024-03-03")
        if "by-claimant" in path and path.endswith(".html")
    )
    replace(small_project / "site_src/about.md", '{{ chart("loans-by-claimant") }}', "It is gone.")
    replace(
        small_project / "seeds/charts/charts.yaml",
        "  title: Two numbers for one year\n",
        "  withdrawn: {date: '2024-05-06', reason: The newspaper took its number back.}\n  title: Two numbers for one year\n",
    )
    done = run("--project", lend(good, small_project))
    assert done.code == 0, done.said
    name = Path(body).stem
    for path in (
        "charts/loans-by-claimant",
        "embed/loans-by-claimant",
        "explore/loans-by-claimant",
        f"embed/loans-by-claimant/{name}",
    ):
        text = (small_project / "site" / path / "index.html").read_text(encoding="utf-8")
        assert "The newspaper took its number back." in text, path
        assert re.search("[Ww]ithdrawn on 6 May 2024", text), path
    assert released(small_project, "2024-06-01") == {}


def git(folder: Path, *command: str) -> None:
    """Run git as somebody."""
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *command], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def committed(small_project: Path) -> Path:
    """A project with one release, committed."""
    released(small_project, "2024-03-03")
    git(small_project, "init", "--quiet")
    git(small_project, "add", "--all")
    git(small_project, "commit", "--quiet", "-m", "Release")
    return small_project


@pytest.mark.parametrize(
    "committed_too", [False, True], ids=["in the work tree", "in a later commit"]
)
@pytest.mark.parametrize("whole", [False, True], ids=["one file", "the whole edition"])
def test_a_removed_edition_fails_the_build(
    committed: Path, whole: bool, committed_too: bool
) -> None:
    """An edition that was ever committed cannot be taken out, half or whole, nor by a commit that says so."""
    folder = committed / FOLDER / "loans-by-year"
    for path in sorted(folder.iterdir())[: 3 if whole else 1]:
        path.unlink()
    if committed_too:
        git(committed, "commit", "--quiet", "--all", "-m", "Drop it")
    done = run("check", "--project", committed)
    assert done.code == 1, done.said
    assert ": edition-missing: " in done.stderr


def test_an_edition_that_was_written_anew_fails_the_build(committed: Path) -> None:
    """An edition put in the place of another, under the other's name or its own, is seen: the history has the first."""
    _, record, body = sorted(
        (committed / FOLDER / "loans-by-year").iterdir(), key=lambda path: path.suffix, reverse=True
    )
    body.write_bytes(body.read_bytes().replace(b"lent", b"sold"))
    git(committed, "commit", "--quiet", "--all", "-m", "Say it better")
    done = run("check", "--project", committed)
    assert done.code == 1, done.said
    assert ": edition-changed: " in done.stderr
    assert record.exists()


def test_a_picture_is_held_to_its_record(committed: Path) -> None:
    """The picture of an edition cannot be drawn anew or taken out, with or without the history to tell."""
    picture = next((committed / FOLDER / "loans-by-year").glob("*.png"))
    first = picture.read_bytes()
    for data, rule in ((first + b" ", "edition-changed"), (None, "edition-missing")):
        picture.write_bytes(data) if data else picture.unlink()
        for _ in ("with the history", "and without"):
            done = run("check", "--project", committed)
            assert done.code == 1
            assert done.stderr.count(f"{picture.name}:1:1: {rule}: ") == 1, done.said
            shutil.rmtree(committed / ".git", ignore_errors=True)
    picture.write_bytes(first)
    assert run("check", "--project", committed).code == 0


def test_an_edition_from_before_pictures_is_shown_with_the_live_one(small_project: Path) -> None:
    """A record that names no picture is whole without one; a picture that no record names was not released."""
    files = released(small_project, "2024-03-03")
    old = next(path for path in files if "by-year" in path and path.endswith(".json"))
    values = {key: value for key, value in json.loads(files[old]).items() if key != "picture"}
    shutil.rmtree(small_project / FOLDER / "loans-by-year")
    record, body = record_bytes(values), files[old.replace(".json", ".html")]
    where = edition_paths("loans-by-year", edition_id(record, body))
    disk.add(small_project, dict(zip(where[:2], (record, body), strict=True)))
    context, site = gathered(small_project)
    assert context.editions["loans-by-year"][0].picture_page == "data/charts/loans-by-year.png"
    assert not [
        path
        for path in site.files
        if path.startswith("embed/loans-by-year/") and path.endswith(".png")
    ]
    disk.add(small_project, {where[2]: files[old.replace(".json", ".png")]})
    assert f"{where[2]}:1:1: edition-changed: " in run("check", "--project", small_project).stderr


def test_an_edition_added_again_is_held_to_the_first(committed: Path) -> None:
    """A record that was dropped and came back with other bytes is not what was first committed."""
    body = next((committed / FOLDER / "loans-by-year").glob("*.html"))
    first = body.read_bytes()
    git(committed, "rm", "--quiet", str(body))
    git(committed, "commit", "--quiet", "-m", "Drop")
    body.write_bytes(first + b" ")
    git(committed, "add", "--all")
    git(committed, "commit", "--quiet", "-m", "Add again")
    assert ": edition-changed: " in run("check", "--project", committed).stderr
    body.write_bytes(first)
    assert run("check", "--project", committed).code == 0


def test_where_there_is_no_whole_history_that_is_said(
    committed: Path, small_project: Path, tmp_path: Path
) -> None:
    """Without git, and in a shallow clone, the build says that the history was not checked; with the whole of it, nothing."""
    said = "The editions have the names of their content; history not checked: "
    assert said not in run("check", "--project", committed).said
    git(committed, "commit", "--quiet", "--allow-empty", "-m", "More")
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{committed}", "shallow")
    done = run("check", "--project", tmp_path / "shallow")
    assert done.code == 0, done.said
    assert said + "it is shallow" in done.said
    shutil.rmtree(small_project / ".git")
    done = run("check", "--project", small_project)
    assert done.code == 0, done.said
    assert said + "git does not keep this project" in done.said


def test_a_release_never_comes_before_another(committed: Path) -> None:
    """An earlier date, and one that is no date, are wrong usage, and write nothing."""
    before = tree_hash(committed / FOLDER)
    for date in ("2024-03-02", "3 March", "2024-13-01"):
        done = run("release", "--project", committed, "--date", date)
        assert done.code == 2, done.said
    assert tree_hash(committed / FOLDER) == before


def test_what_a_later_record_holds_more_changes_nothing(small_project: Path) -> None:
    """An old record is compared in what it holds, so a generator that learns to keep more does not call every edition out of date."""
    context = gathered(small_project)[0]
    new = content_of(context, context.tables["loans-by-year"])
    old = {key: value for key, value in new.items() if key != "sources"}
    old["rows"] = [
        {key: value for key, value in row.items() if key != "said_by"} for row in new["rows"]
    ]
    assert same(old, new)
    old["rows"][0]["value"] = "1"
    assert not same(old, new)


GOOD = {
    "chart": "loans-by-year", "date": "2024-03-03", "follows": None, "height": 400, "heights": {"small": 400, "medium": 380, "wide": 360},
    "content": {"title": "Loans", "rows": [{"claim": "loans-year:y2020", "value": "9800", "when": "2020", "said_by": "x"}], "corrections": []},
}  # fmt: skip
ODD = [
    {"date": "x"}, {"date": 5}, {"date": None}, {"date": "2024-03-03T10:00"}, {"date": "2024-02-30"}, {"date": "20240303"}, {"date": ["2024-03-03"]}, {"date": True},
    {"content": {}}, {"content": None}, {"content": []}, {"content": {**GOOD["content"], "rows": [5]}}, {"content": {**GOOD["content"], "rows": [{"a": "b"}]}},
    {"content": {**GOOD["content"], "rows": {"a": 1}}}, {"content": {**GOOD["content"], "rows": None}}, {"content": {**GOOD["content"], "corrections": 5}},
    {"content": {**GOOD["content"], "corrections": [{}]}}, {"content": {**GOOD["content"], "title": None}}, {"content": {**GOOD["content"], "alt": 5}},
    {"content": {**GOOD["content"], "rows": [{"claim": [1], "value": "x"}]}}, {"content": {**GOOD["content"], "rows": [{"claim": "a", "value": {}}]}},
    {"follows": [1]}, {"follows": {}}, {"follows": 5}, {"follows": "x"}, {"follows": ""}, {"height": "400"}, {"height": 0}, {"height": -1}, {"height": 1e9}, {"height": None},
    {"height": 400.5}, {"height": True}, {"heights": []}, {"heights": {"small": "x"}}, {"heights": {"page": "https://evil.example/"}}, {"heights": None}, {"chart": 5},
    {"chart": ["loans-by-year"]}, {"chart": "other"}, {"picture": 5},
]  # fmt: skip


def planted(project: Path, record: bytes) -> str:
    """Lay an edition with a record of somebody else's among a project's; its path without its ending."""
    body = f"<!doctype html><title>x</title>{SLOT}".encode()
    path = edition_paths("loans-by-year", edition_id(record, body))
    for name, data in zip(path, (record, body), strict=False):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_bytes(data)
    return path[0].removesuffix(".json")


def told_in(project: Path) -> dict[str, set[str]]:
    """The rules of all problems that a check finds, by the path of the file without its ending."""
    done = run("check", "--project", project, "--format", "json")
    assert done.code == 1, done.said
    assert "Traceback" not in done.said
    told: dict[str, set[str]] = {}
    for each in json.loads(done.stdout)["problems"]:
        told.setdefault(each["place"]["path"].rpartition(".")[0], set()).add(each["rule"])
    return told


def test_records_that_no_release_wrote_are_problems(small_project: Path) -> None:
    """Whatever stands in a record, under the right name for it: a problem in its file, and no traceback."""
    places = [planted(small_project, json.dumps({**GOOD, **odd}).encode()) for odd in ODD]
    assert len({*places}) == len(ODD)
    told = told_in(small_project)
    for place, odd in zip(places, ODD, strict=True):
        assert any(rule.startswith("edition-") for rule in told.get(place, ())), odd


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param(each, id=str(each), marks=() if each == {"date": "x"} else pytest.mark.audit)
        for each in ODD
    ],
)
def test_a_record_that_no_release_wrote_is_a_problem_alone(
    odd: dict[str, object], small_project: Path
) -> None:
    """The same where it is the only edition, so that nothing else stops the check before it."""
    place = planted(small_project, json.dumps({**GOOD, **odd}).encode())
    assert any(rule.startswith("edition-") for rule in told_in(small_project)[place])


NOT_JSON = [
    b"", b"{", b"[" * 100_000, b'{"a":' * 50_000, b"null", b"5", b'"x"', b"[]", b"\xff", b'{"date": "\\ud800"}', b"9" * 5000,
    json.dumps(GOOD).encode()[:-1] + b', "n": ' + b"9" * 5000 + b"}", json.dumps(GOOD).encode()[:-1] + b', "n": ' + b"[" * 900_000, b"NaN", b"\x00",
]  # fmt: skip


def test_records_that_are_no_json_are_problems(small_project: Path) -> None:
    """Bytes of any kind in the place of a record are a problem in its file."""
    places = [planted(small_project, record) for record in NOT_JSON]
    told = told_in(small_project)
    for place, record in zip(places, NOT_JSON, strict=True):
        assert told.get(place), record[:20]


@pytest.mark.audit
@pytest.mark.parametrize("record", NOT_JSON, ids=lambda record: repr(record[:20]))
def test_a_record_that_is_no_json_is_a_problem_alone(record: bytes, small_project: Path) -> None:
    """The same where it is the only edition."""
    place = planted(small_project, record)
    assert told_in(small_project)[place]


def test_a_record_as_a_release_writes_it_is_taken(small_project: Path) -> None:
    """The record that the others differ from is without fault in its own form."""
    place = planted(small_project, json.dumps(GOOD).encode())
    said = run("check", "--project", small_project).said
    assert f"{place}.html:1:1: edition-file" in said  # its body is somebody else's
    assert f"{place}.json" not in said
