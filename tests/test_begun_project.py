"""A begun project is as safe as this one: what its workflow does, step by step, and each command that its documents name."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml
from support import ROOT, git, replace, run
from workflow import Runner, machine

from explainer.cli import starting

WORKFLOW = ".github/workflows/site.yml"
STARTER = ROOT / "templates" / "starter"
_TYPED = re.compile(r"^(?:\$ )?make\b[^\n`|]*$|`(make\b[^`]*)`", re.MULTILINE)


def own(folder: Path) -> None:
    """Make a begun project an author's own: nothing in it is the example's any more."""
    replace(folder / "mkdocs.yml", "The swifts of Mill Lane", "The storks of Reed Street")
    replace(
        folder / "mkdocs.yml",
        "How many swifts nest in one street, and who has counted them.",
        "How many storks nest, and who counted.",
    )
    text = "We counted 14 nests in 2023, 17 nests in 2024 and 21 nests in 2025 in Reed Street."
    (folder / "seeds/texts/neighbours.txt").write_text(text, encoding="utf-8")
    sources = folder / "seeds/sources/sources.yaml"
    replace(sources, "'Swifts in Mill Lane: a note of the neighbours'", "Storks in Reed Street")
    sources.write_text(
        re.sub("  sha256: .*\n", "", sources.read_text(encoding="utf-8")), encoding="utf-8"
    )
    replace(
        folder / "seeds/facts/facts.yaml",
        "How many swifts' nests are there in Mill Lane?",
        "How many nests are there in Reed Street?",
    )
    replace(
        folder / "seeds/series/series.yaml",
        "title: Swifts' nests in Mill Lane",
        "title: Nests in Reed Street",
    )
    replace(
        folder / "seeds/charts/charts.yaml",
        "title: More nests with each summer",
        "title: More nests with each year",
    )
    page = "---\ntitle: Storks\ndescription: How many pairs of storks nest in Reed Street, and who has counted them.\nlayout: text\n---\n\n"
    page += '# Storks\n\nThere are {{ fact("nests", show="unit") }}.{{ cite("neighbours") }}\n\n{{ chart("nests") }}\n\n'
    page += "See [the fact](facts/nests.md) and [the source](sources/neighbours.md).\n"
    (folder / "site_src/index.md").write_text(page, encoding="utf-8")
    workflow = folder / WORKFLOW
    replace(
        workflow, "GENERATOR_REPOSITORY: OWNER/NAME", "GENERATOR_REPOSITORY: somebody/explainer"
    )


def pushed(folder: Path, origin: Path, message: str) -> None:
    """Commit all of a project, and push it to its repository."""
    if not origin.exists():
        git(folder.parent, "init", "--quiet", "--bare", "--initial-branch=main", str(origin))
        git(folder, "init", "--quiet", "--initial-branch=main")
        git(folder, "remote", "add", "origin", str(origin))
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)
    git(folder, "push", "--quiet", "origin", "main")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A begun project."""
    folder = tmp_path / "my storks"
    assert run("new", folder).code == 0
    return folder


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """GitHub. Its fetch of the last deployment has an address at which there is nothing, and no network is asked."""
    env = machine(tmp_path / "bin") | {"PYTHON": sys.executable}
    (tmp_path / "no-network").mkdir()
    (tmp_path / "no-network" / "sitecustomize.py").write_text(
        "import io, urllib.error, urllib.request\n"
        "def none(self, address, *_, **__): raise urllib.error.HTTPError(str(address), 404, 'nothing', None, io.BytesIO())\n"
        "urllib.request.OpenerDirector.open = none\n",
        encoding="utf-8",
    )
    (tmp_path / "bin" / "python-offline").write_text(
        f'#!/bin/sh\nPYTHONPATH="{tmp_path}/no-network:$PYTHONPATH" exec "{sys.executable}" "$@"\n',
        encoding="utf-8",
    )
    (tmp_path / "bin" / "python-offline").chmod(0o755)
    return Runner(
        tmp_path / "origin.git",
        ROOT,
        tmp_path / "jobs",
        env | {"PYTHON": str(tmp_path / "bin" / "python-offline")},
    )


def test_a_changed_value_is_not_published_untold(project: Path, runner: Runner) -> None:
    """From the first push to a correction: the example is not published, one's own words are, with a tag; a value that changes
    without an entry stops before anything is built, in a shallow clone too; with the entry it is published.
    """
    pushed(project, runner.origin, "Begin")
    first = runner.run(WORKFLOW)
    assert first.failed == "build: Know the generator"
    assert "GENERATOR_REPOSITORY" in first.said

    replace(
        project / WORKFLOW,
        "GENERATOR_REPOSITORY: OWNER/NAME",
        "GENERATOR_REPOSITORY: somebody/explainer",
    )
    pushed(project, runner.origin, "Name the generator")
    example = runner.run(WORKFLOW)
    assert example.failed == "build: Mark problems in the seeds and the prose"
    assert "file=mkdocs.yml,line=2,col=1,title=starter-left" in example.said
    replace(
        project / WORKFLOW,
        "GENERATOR_REPOSITORY: somebody/explainer",
        "GENERATOR_REPOSITORY: OWNER/NAME",
    )

    own(project)
    pushed(project, runner.origin, "Say what is ours")
    runner.lender = runner.checkout(
        runner.number + 1, "build"
    )  # which begins with nothing; those after it have what it kept
    asked = runner.run(WORKFLOW, "pull_request")
    assert (asked.failed, asked.jobs, asked.deployed) == ("", ["build", "check"], b""), asked.said
    published = runner.run(WORKFLOW)
    assert (published.failed, published.jobs) == ("", ["build", "check", "deploy", "remember"]), (
        published.said
    )
    assert published.attested == ["artifact.tar", "manifest.json"]
    assert git(runner.origin, "tag", "--points-at", "main") == f"published/{runner.number}"
    with tarfile.open(fileobj=io.BytesIO(published.deployed)) as site:
        page = site.extractfile("./index.html")
        assert page is not None
        assert b"The storks of Reed Street" in page.read()

    for path in (
        "seeds/texts/neighbours.txt",
        "seeds/facts/facts.yaml",
        "seeds/series/series.yaml",
    ):
        text = (project / path).read_text(encoding="utf-8")
        (project / path).write_text(
            text.replace("21 nests", "22 nests").replace("value: 21", "value: 22"), encoding="utf-8"
        )
    pushed(project, runner.origin, "Change a published value")
    changed = runner.run(WORKFLOW)
    assert changed.failed == "build: Mark problems in the seeds and the prose"
    assert "title=unrecorded-change" in changed.said
    runner.depth = 1
    shallow = runner.run(WORKFLOW)
    assert shallow.failed == "build: See that the generator and the history are whole", (
        "no history to hold it against"
    )
    assert not changed.deployed + shallow.deployed
    runner.depth = None

    entries = [
        f"- id: change-{number}\n  class: revision\n  {what}\n  claim: {claim}\n  old: '21'\n  new: '22'\n  cause: One more was found.\n"
        "  found: by looking again\n  reported: '2025-07-01'\n  fixed: '2025-07-02'\n  effect: none\n  touched: [facts/nests/]\n"
        for number, (what, claim) in enumerate(
            (("fact: nests", "count-2025"), ("fact: nests-by-year", "y2025"))
        )
    ]
    (project / "seeds/corrections.yaml").write_text("".join(entries), encoding="utf-8")
    pushed(project, runner.origin, "Tell the change")
    told = runner.run(WORKFLOW)
    assert (told.failed, told.jobs) == ("", ["build", "check", "deploy", "remember"]), told.said
    assert len(git(runner.origin, "tag").split()) == 2


def test_a_site_that_was_exchanged_is_not_deployed(project: Path, runner: Runner) -> None:
    """Another archive than the one that was checked, and one with other bytes than a second build has, stop before the deployment."""
    own(project)
    pushed(project, runner.origin, "Say what is ours")
    workflow = project / WORKFLOW
    replace(
        workflow,
        "        with:\n          path: explainer/site\n",
        "        with:\n          path: explainer/other\n",
    )
    replace(
        workflow,
        '${LAST:+CARRY="$RUNNER_TEMP/$LAST"}\n',
        '${LAST:+CARRY="$RUNNER_TEMP/$LAST"}\n          cp -r explainer/site explainer/other; echo x >> explainer/other/index.html\n',
    )
    pushed(project, runner.origin, "Exchange a file after it was built")
    runner.lender = runner.checkout(1, "build")
    done = runner.run(WORKFLOW)
    assert done.failed == "check: Build it again, and say file by file what differs"
    assert "index.html: differs" in done.said
    assert not done.deployed


def test_the_workflow_gives_each_job_the_least() -> None:
    """Only jobs that run nothing of the project or the generator may write anything; every action is pinned; no pull request is deployed."""
    text = (STARTER / WORKFLOW).read_text(encoding="utf-8")
    told = yaml.load(text, yaml.BaseLoader)
    assert told["permissions"] == {}
    for name, job in told["jobs"].items():
        rights = {key for key, value in job["permissions"].items() if value == "write"}
        commands = " ".join(step.get("run", "") for step in job["steps"])
        actions = [step["uses"] for step in job["steps"] if "uses" in step]
        assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", each) for each in actions), name
        checked_out = any(each.startswith("actions/checkout@") for each in actions)
        assert not (rights and (checked_out or re.search(r"\bmake\b|python", commands))), name
        assert not rights or job["if"] == "github.event_name != 'pull_request'", name
    assert {key for job in told["jobs"].values() for key, value in job["permissions"].items() if value == "write"} == {
        "pages", "id-token", "attestations", "contents",
    }  # fmt: skip
    assert "pull_request_target" not in text
    assert "secrets." not in text


def test_a_generator_that_is_not_known_stops_the_workflow(project: Path, runner: Runner) -> None:
    """A commit that nobody knows, half a commit and a branch's name stop the first step, with a sentence; another commit the next."""
    own(project)
    commit = git(ROOT, "rev-parse", "HEAD")
    for wrong, step in (
        ("unknown", "Know the generator"),
        (commit[:12], "Know the generator"),
        ("main", "Know the generator"),
        ("0" * 40, "See that the generator and the history are whole"),
    ):
        text = (project / WORKFLOW).read_text(encoding="utf-8")
        (project / WORKFLOW).write_text(
            re.sub('(GENERATOR_COMMIT: )"[^"]*"', rf'\1"{wrong}"', text), encoding="utf-8"
        )
        pushed(project, runner.origin, f"Name {wrong}")
        done = runner.run(WORKFLOW)
        assert done.failed == f"build: {step}", wrong
        assert "the generator" in done.said


def test_a_new_project_names_the_generators_commit(project: Path, tmp_path: Path) -> None:
    """The commit is git's where there is a repository, the archive's where it came in one, and else an explicit ``unknown``."""
    assert f'GENERATOR_COMMIT: "{git(ROOT, "rev-parse", "HEAD")}"' in (
        project / WORKFLOW
    ).read_text(encoding="utf-8")
    archived = tmp_path / "commit.txt"
    archived.write_text("a" * 40 + "\n", encoding="utf-8")
    assert starting.commit_of(tmp_path, archived) == "a" * 40
    archived.write_text("$Format:%H$\n", encoding="utf-8")
    assert starting.commit_of(tmp_path, archived) == "unknown"
    (tmp_path / ".git").mkdir()
    assert starting.commit_of(tmp_path, archived) == "unknown", "a repository without a commit"
    packed = subprocess.run(
        ["git", "archive", "HEAD", "explainer/cli"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        noted = archive.extractfile("explainer/cli/commit.txt")
        assert noted is not None
        assert noted.read().decode().strip() == git(ROOT, "rev-parse", "HEAD"), (
            "an archive of git's says its commit"
        )


def test_the_example_is_told_until_it_is_ones_own(project: Path) -> None:
    """A begun project builds as it is, and names each thing that is the example's; --strict refuses it; nothing is told of one's own."""
    assert run("--project", project).code == 0
    told = run("--project", project, "check").stdout
    for place in (
        "mkdocs.yml:2:1", "mkdocs.yml:3:1", "seeds/sources/sources.yaml:2:3", "seeds/sources/sources.yaml:10:3", "seeds/facts/facts.yaml:2:3",
        "seeds/series/series.yaml:2:3", "seeds/charts/charts.yaml:2:3", "site_src/index.md:3:1",
    ):  # fmt: skip
        assert f"{place}: warning: starter-left" in told, place
    strict = run("--project", project, "--strict")
    assert strict.code == 1
    assert "mkdocs.yml:2:1: starter-left" in strict.stderr
    config = project / "mkdocs.yml"
    replace(config, "  # report: mailto:", "  report: mailto:")
    replace(config, "# site_url: ", "site_url: ")
    told = run("--project", project, "check").stdout
    assert "mkdocs.yml:5:1: warning: starter-left" in told
    assert "mkdocs.yml:34:3: warning: starter-left" in told
    replace(config, "  report: mailto:", "  # report: mailto:")
    replace(config, "site_url: ", "# site_url: ")
    own(project)
    done = run("--project", project, "check", "--strict")
    assert done.code == 0, done.said


def commands(path: Path) -> list[str]:
    """Each line with ``make`` that a document tells to type."""
    return sorted(
        {
            (found[1] or found[0]).removeprefix("$ ").strip()
            for found in _TYPED.finditer(path.read_text(encoding="utf-8"))
        }
    )


def one_of_each(told: Iterable[str]) -> set[str]:
    """One of all commands that differ only in what they give to a variable, such as an id or an address."""
    return set({re.sub(r"=\S+", "=", command): command for command in sorted(told)}.values())


def test_every_command_of_the_documents_runs_in_a_begun_project(project: Path) -> None:
    """Each line with ``make`` of its README, and of docs/authoring.md from its second section on, does what it says.

    Of lines that differ only in what they give to a variable, one is run.
    """
    own(project)
    git(project, "init", "--quiet", "--initial-branch=main")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", "Begin")
    authoring = (ROOT / "docs/authoring.md").read_text(encoding="utf-8")
    (project.parent / "later.md").write_text(
        authoring[authoring.index("## Begin something") :], encoding="utf-8"
    )
    told = {
        *commands(project / "README.md"),
        *commands(project.parent / "later.md"),
        *commands(ROOT / "docs/authoring.md"),
    }
    told -= {
        "make",
        'make new DIR="$HOME/ferry"',
        "make GENERATOR=../the-generator",
    }  # the last is tried beside the Makefile's
    told = one_of_each(told)
    kinds = {command.split()[1] for command in told}
    assert kinds >= {
        "check",
        "check-github",
        "source",
        "fact",
        "page",
        "moves",
        "release",
        "verify",
        "pin",
        "serve",
    }
    begins = [command for command in told if command.split()[1] in ("source", "fact", "page")]
    order = (
        "SITE_URL",
        "verify",
        "check",
        "moves",
        "pin",
        "release",
    )  # what is released after the build is not in it
    ordered = [
        "make",
        *sorted(
            told - set(begins) - {"make serve"},
            key=lambda each: [word in each for word in order].index(True),
        ),
    ]
    for command in [*ordered, *begins]:
        done = subprocess.run(
            f'make() {{ command make PYTHON="{sys.executable}" "$@"; }}\n{command}', shell=True, executable="/bin/bash",
            cwd=project, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    assert list((project / "seeds/editions").rglob("*.json")), "make release has released"
    assert {path.stem for path in (project / "seeds/sources").iterdir()} > {"sources"}
    dry = subprocess.run(
        ["make", "--dry-run", "PYTHON=python", "serve"],
        cwd=project,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "--project . serve" in dry, "serve runs until it is stopped"


def test_every_target_is_told() -> None:
    """The starter's README names each target of its Makefile that an author types; the others are the workflow's."""
    makefile = (STARTER / "Makefile").read_text(encoding="utf-8")
    workflow = (STARTER / WORKFLOW).read_text(encoding="utf-8")
    readme = (STARTER / "README.md").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)
    assert len(targets) > 10
    for target in set(targets) - {"site"}:
        assert f"`make {target}" in readme or re.search(
            rf"GENERATOR=\.\./generator(?: [a-z]+)* {target}\b", workflow
        ), target


def test_pinning_writes_the_generators_present_commit(project: Path) -> None:
    """``make pin`` changes the commit in the workflow and nothing else; ``make pinned`` passes then, and not before."""
    text = (project / WORKFLOW).read_text(encoding="utf-8")
    (project / WORKFLOW).write_text(
        re.sub('(GENERATOR_COMMIT: )"[^"]*"', r'\1"unknown"', text), encoding="utf-8"
    )

    def made(target: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["make", target], cwd=project, capture_output=True, text=True, check=False
        )

    before = made("pinned")
    assert before.returncode
    assert "make pin writes the one that is here" in before.stdout
    assert made("pin").returncode == 0
    assert (project / WORKFLOW).read_text(encoding="utf-8") == text
    assert made("pinned").returncode == 0
    assert sorted(path.name for path in (project / ".github/workflows").iterdir()) == ["site.yml"]
