"""What is checked of a project is what is used of it: each file is read once, no link is followed, and nothing lies too deep."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from made_up_font import font
from support import ROOT, apart, lend, run, tree_hash, work_of

from explainer.common.problems import MachineFailed, Problems
from explainer.common.trees import FOLDERS, stamps
from explainer.engine import THEME
from explainer.options import Options
from explainer.project import Project
from explainer.publish.catalogue import OURS
from explainer.publish.templates import Templates, read_sources
from explainer.read import raster
from explainer.read.files import Folder
from explainer.read.ledger import cached_ledger
from explainer.read.lettering import read_lettering

SECRET = "a-secret-beside-the-project"
RUNS = "{{{{ cycler.__init__.__globals__.os.system('touch {marker}') }}}}<svg xmlns='http://www.w3.org/2000/svg'></svg>"
ICON = "theme: {name: material, language: en, font: false, icon: {logo: evil/x}}"


def project_with_icon(project: Path) -> None:
    """Let the small project name an icon of its own as its logo."""
    config = project / "mkdocs.yml"
    lines, kept, inside = config.read_text(encoding="utf-8").split("\n"), [], False
    for line in lines:
        inside = line.startswith("theme:") or (inside and line.startswith(" "))
        if not inside:
            kept.append(line)
    config.write_text("\n".join([*kept, ICON, ""]), encoding="utf-8")


def put(path: Path, text: str) -> Path:
    """Write a file and the folders above it; the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


HIDDEN = (
    ".icons/evil/x.svg", ".icons/evil/x.svg~", ".icons/.evil/x.svg", "main.html", "main.html~", ".hidden/main.html", "partials/logo.html",
    "partials/.cache/logo.html", ".main.html.swp", "404.html.orig", "__pycache__/x.html", "main.html.tmp", "partials/#logo.html#",
)  # fmt: skip


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_nothing_of_an_untrusted_theme_reaches_an_engine(
    engine: str, small_project: Path, tmp_path: Path
) -> None:
    """Templates planted under every name, those that editors leave behind among them, do not run; the build names the others."""
    marker = tmp_path / "ran"
    project_with_icon(small_project)
    for name in HIDDEN:
        put(small_project / "templates/theme" / name, RUNS.format(marker=marker))
    done = run("--project", small_project, "--engine", engine)
    assert done.code == 1
    told = {name for name in HIDDEN if f"templates/theme/{name}:" in done.stderr}
    assert told == {".icons/evil/x.svg", "main.html", "partials/logo.html"}, done.stderr
    assert not marker.exists()


def test_what_editors_leave_in_a_theme_is_not_handed_on(
    good: Path, small_project: Path, tmp_path: Path
) -> None:
    """A theme with nothing but such files changes nothing: the site is built with the generator's theme, and none of them runs."""
    marker = tmp_path / "ran"
    for name in HIDDEN:
        if name not in (".icons/evil/x.svg", "main.html", "partials/logo.html"):
            put(small_project / "templates/theme" / name, RUNS.format(marker=marker))
    for trust in ([], ["--trust"]):
        project = Project.read(
            Options(small_project, small_project / "site", trust=bool(trust)), Problems()
        )
        assert project.theme == {
            path.relative_to(OURS / "theme").as_posix(): path.read_bytes()
            for path in (OURS / "theme").rglob("*.html")
        }
    done = run("--project", lend(good, small_project))
    assert done.code == 0, done.said
    handed = {
        path.relative_to(work_of(small_project) / THEME).as_posix()
        for path in (work_of(small_project) / THEME).rglob("*.*")
    }
    assert handed == set(project.theme)
    assert not marker.exists()
    assert "menu-title" in (small_project / "site/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
@pytest.mark.parametrize("trust", [[], ["--trust"]])
def test_a_link_in_a_theme_is_not_followed(
    engine: str, trust: list[str], small_project: Path, tmp_path: Path
) -> None:
    """An icon, a partial and a folder of icons that lead to a secret: none is opened, trusted or not, and nothing is published."""
    secret = put(
        tmp_path / "secret/x.svg",
        f"<svg xmlns='http://www.w3.org/2000/svg'><title>{SECRET}</title></svg>",
    )
    project_with_icon(small_project)
    theme = small_project / "templates/theme"
    (theme / ".icons").mkdir(parents=True)
    (theme / ".icons/evil").symlink_to(secret.parent)
    (theme / "partials").mkdir()
    (theme / "partials/logo.html").symlink_to(secret)
    done = run("--project", small_project, "--engine", engine, *trust)
    assert done.code == 1
    assert "templates/theme/.icons/evil:1:1: outside-project" in done.stderr.replace(
        "evil: ", "evil:1:1: "
    ), done.stderr
    assert "partials/logo.html" in done.stderr
    assert SECRET not in done.said
    assert not (small_project / "site").exists()


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_a_trusted_icon_is_shown_and_the_theme_lies_over_ours(
    engine: str, good: Path, small_project: Path
) -> None:
    """With --trust, one icon alone is a theme: it is the logo, and every other template of the theme is still the generator's."""
    lend(good, small_project)
    project_with_icon(small_project)
    mark = "M1 2h3v4z"
    put(
        small_project / "templates/theme/.icons/evil/x.svg",
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="{mark}"/></svg>',
    )
    done = run("--project", small_project, "--engine", engine, "--trust")
    assert done.code == 0, done.said
    page = (small_project / "site/index.html").read_text(encoding="utf-8")
    assert mark in page
    assert "menu-title" in page, "the menu stands in the generator's main.html"


def test_a_theme_whose_names_clash_is_a_problem(small_project: Path) -> None:
    """A file of a trusted theme in the place of a folder of ours, or one that some disks take for another."""
    put(small_project / "templates/theme/partials", "x")
    done = run("check", "--project", small_project, "--trust")
    assert (done.code, "path-taken" in done.stderr) == (1, True), done.said
    (small_project / "templates/theme/partials").unlink()
    put(small_project / "templates/theme/MAIN.html", "x")
    done = run("check", "--project", small_project, "--trust")
    assert (done.code, "path-taken" in done.stderr) == (1, True), done.said


# each file once


READ = {
    "a template": ("templates/pages/fact.html.j2", lambda folder: Templates(read_sources((folder, "templates"))).source("pages/fact.html.j2")),
    "a page": ("site_src/index.md", lambda folder: folder.read_text("site_src/index.md", Problems())),
    "a seed": ("seeds/facts/a.yaml", lambda folder: folder.read_text("seeds/facts/a.yaml", Problems())),
    "an asset": ("site_src/assets/a.css", lambda folder: folder.read_bytes("site_src/assets/a.css", Problems())),
}  # fmt: skip


@pytest.mark.parametrize("what", READ)
def test_a_file_is_read_once(what: str, tmp_path: Path) -> None:
    """What was read of a file stays what it is for the whole build, whatever is saved, added or removed meanwhile."""
    path, read = READ[what]
    folder = Folder(tmp_path)
    put(tmp_path / path, "one")
    first = folder.read_bytes(path, Problems())
    before = folder.list(path.partition("/")[0])
    put(tmp_path / path, "two")
    put(tmp_path / f"{path.rpartition('.')[0]}-more.{path.rpartition('.')[2]}", "more")
    assert read(folder) in ("one", b"one")
    assert folder.read_bytes(path, Problems()) == first == b"one"
    assert folder.list(path.partition("/")[0]) == before
    (tmp_path / path).unlink()
    assert folder.read_bytes(path, Problems()) == b"one"
    assert Folder(tmp_path).read_bytes(path, Problems()) is None


def test_the_sum_of_templates_is_that_of_what_they_print(small_project: Path) -> None:
    """A save between the compiling of a template and the taking of the sum: sum and page are both of the old one."""
    own = put(small_project / "templates/own.html.j2", "old")

    def made() -> Templates:
        return Templates(
            Project.read(Options(small_project, small_project / "site"), Problems()).templates
        )

    templates = made()
    own.write_text("new", encoding="utf-8")
    templates.check(Problems())
    put(small_project / "templates/more.html.j2", "more")
    assert templates.render("own.html.j2") == "old"
    own.write_text("old", encoding="utf-8")
    (small_project / "templates/more.html.j2").unlink()
    assert templates.digest == made().digest
    own.write_text("new", encoding="utf-8")
    assert made().digest != templates.digest
    assert made().render("own.html.j2") == "new"


def test_a_ledger_is_that_of_the_seeds_that_were_summed(small_project: Path) -> None:
    """A seed that is saved between two readings with its time and length kept is another seed: the sum is over its bytes."""
    path = small_project / "seeds/glossary.yaml"
    text = "- {id: aa, term: Aaaa, means: A word of the trade that is used here.}\n"
    put(path, text)

    def read() -> object:
        folder = Folder(small_project)
        seeds = {each: folder.read_bytes(each, Problems()) or b"" for each in folder.list("seeds")}
        path.write_text(
            text.replace("Aaaa", "Cccc"), encoding="utf-8"
        )  # between the sum and the reading
        return cached_ledger(folder, seeds, Problems(), "en", None)

    first = read()
    assert "Aaaa" in repr(first)
    assert "Cccc" in repr(read())


def test_a_font_is_drawn_with_as_it_was_read(tmp_path: Path) -> None:
    """A font that is exchanged after it was looked at, by another one or by a link, stops the pictures."""
    (tmp_path / "fonts").mkdir()
    path = tmp_path / "fonts/a.ttf"
    path.write_bytes(font("国家"))
    lettering = read_lettering(Folder(tmp_path), Problems())
    assert len(lettering.files) == 1
    other = tmp_path / "b.ttf"
    other.write_bytes(font("国家人"))
    for exchange in (
        lambda: path.write_bytes(other.read_bytes()),
        lambda: (path.unlink(), path.symlink_to(other)),
    ):
        exchange()
        with pytest.raises(MachineFailed):
            raster.pngs([("<svg xmlns='http://www.w3.org/2000/svg'/>", 1.0)], fonts=lettering.files)


# links


TOPS = (
    *FOLDERS,
    "templates/languages",
    "templates/pages",
    "templates/assets",
    "seeds/facts",
    "site_src/assets",
)
TARGETS = ("/", "other", "nowhere", ".")
BY_TURNS = [
    pytest.param(top, target, marks=() if row % len(TARGETS) == column else pytest.mark.audit)
    for row, top in enumerate(TOPS)
    for column, target in enumerate(TARGETS)
]
"""Each folder leads to one of these places on a push, to all of them in the audit."""


@pytest.mark.parametrize(("top", "target"), BY_TURNS)
def test_a_folder_that_is_a_link_is_not_looked_into(
    top: str, target: str, small_project: Path, tmp_path: Path
) -> None:
    """A link in the place of a folder, to a stranger's files, to nothing, or round in a circle, is told once and not walked."""
    put(tmp_path / "other/a-private-name.md", SECRET)
    put(tmp_path / "other/a-private-name.yaml", SECRET)
    place = small_project / top
    if place.exists():
        place.rename(tmp_path / "kept")
    place.parent.mkdir(exist_ok=True)
    place.symlink_to(target if target in ("/", ".") else tmp_path / target)
    done = run("check", "--project", small_project)
    assert done.code == 1
    assert [
        line
        for line in done.stderr.splitlines()
        if line.startswith(f"{top}:") and "outside-project" in line
    ], done.stderr
    assert done.stderr.count("outside-project") == 1, done.stderr
    assert "a-private-name" not in done.said
    assert "Traceback" not in done.said
    assert not any("a-private-name" in path for path in stamps(small_project))


def test_a_file_in_the_place_of_a_folder_is_a_problem(small_project: Path) -> None:
    """A plain file or a pipe named as one of the project's folders is told, and not waited for."""
    put(small_project / "templates", "x")
    os.mkfifo(small_project / "fonts")
    done = run("check", "--project", small_project)
    assert done.code == 1
    assert done.stderr.count("outside-project") == 2, done.stderr


# depth and size


def deepen(folder: Path, depth: int) -> None:
    """Make folders in one another; longer paths than the system takes are made from within."""
    folder.mkdir(parents=True, exist_ok=True)
    here = os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)


@pytest.fixture
def deep() -> Iterator[Callable[[Path, int], object]]:
    """Makes folders in one another, which are removed from below at the end, as pytest could not."""
    made: list[Path] = []
    yield lambda folder, depth: (made.append(folder), deepen(folder, depth))
    for folder in made:
        subprocess.run(["rm", "-rf", str(folder)], check=True)


BELOW = (
    "seeds/texts",
    "site_src",
    "site_src/assets",
    "templates",
    "templates/theme",
    "fonts",
    "seeds/.hidden",
)
DEPTHS = (1100, 2100)
"""More than functions may call one another, and so many that no path names the last."""


def test_folders_in_one_another_are_a_problem(
    small_project: Path, deep: Callable[[Path, int], None]
) -> None:
    """A thousand folders in one another, and so many that no path names the last, are told wherever they stand, and not walked."""
    for number, below in enumerate(BELOW):
        deep(small_project / below / "n", DEPTHS[number % 2])
    deep(small_project / "seeds/texts/m", DEPTHS[1])
    done = run("check", "--project", small_project)
    assert done.code == 1
    told = [line for line in done.stderr.splitlines() if "file-size" in line]
    assert len(told) == len(BELOW) + 1, done.stderr
    assert all(any(f"{below}/" in line for line in told) for below in BELOW), done.stderr
    assert "Traceback" not in done.said


def test_fifty_folders_in_one_another_are_read(
    tmp_path: Path, deep: Callable[[Path, int], None]
) -> None:
    """The limit is one that no project comes near, and is exact."""
    problems, folder = Problems(), tmp_path / "seeds"
    deep(folder, 50)
    put(folder / ("d/" * 50) / "x.yaml", "")
    read = Folder(tmp_path)
    read.check(["seeds"], problems)
    assert not problems.found
    assert len(read.list("seeds")) == 1
    (folder / ("d/" * 50) / "d").mkdir()
    Folder(tmp_path).check(["seeds"], problems)
    assert [problem.rule for problem in problems] == ["file-size"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_may_not_be_read_is_a_problem(small_project: Path) -> None:
    """What the system refuses is told at the folder."""
    (small_project / "seeds/closed").mkdir(mode=0)
    done = run("check", "--project", small_project)
    (small_project / "seeds/closed").chmod(0o700)
    assert (done.code, "seeds/closed" in done.stderr) == (1, True), done.said


_LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
sys.argv[0] = "build.py"
import build
from explainer import cli
sys.exit(cli.main(sys.argv[1:], build.gather, build.build))
"""
LARGE = (
    "templates/notes.txt~",
    "templates/notes.txt",
    "templates/theme/main.html~",
    "templates/.x/y",
    "seeds/x.yaml",
    "site_src/a.md",
    "fonts/a.ttf",
)


def test_no_large_file_is_read_whole(small_project: Path) -> None:
    """Files of four gigabytes under every name, and links to some, in a process that may have one."""
    for name in LARGE:
        path = put(small_project / name, "")
        os.truncate(path, 2**32)
    (small_project / "templates/link~").symlink_to(small_project / "templates/notes.txt~")
    told: set[str] = set()
    for _ in range(2):  # pages are read only where nothing else was wrong
        done = subprocess.run(
            [sys.executable, "-c", _LIMITED, "check", "--project", str(small_project)],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 1, done.stderr[-2000:]
        assert "Traceback" not in done.stderr
        told |= {name for name in LARGE if f"{name}:" in done.stderr}
        for name in told:
            (small_project / name).unlink(missing_ok=True)
    assert told == {"templates/notes.txt", "seeds/x.yaml", "site_src/a.md", "fonts/a.ttf"}, (
        done.stderr[-2000:]
    )


def test_a_site_that_nobody_made_may_be_deep(
    good: Path, small_project: Path, deep: Callable[[Path, int], None]
) -> None:
    """``verify`` looks through a site with a thousand folders in one another; empty ones are no difference."""
    assert run("--project", lend(good, small_project)).code == 0
    before = tree_hash(small_project / "site")
    deep(small_project / "site/n", DEPTHS[0])
    done = apart("verify", "--project", small_project)
    assert (done.code, done.stderr) == (0, ""), done.said
    subprocess.run(["rm", "-rf", str(small_project / "site/n")], check=True)
    assert tree_hash(small_project / "site") == before


def test_a_folder_that_becomes_a_link_meanwhile_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each folder on the way to a file is opened within the one before it, after every look at the names."""
    project, elsewhere, problems = tmp_path / "project", tmp_path / "elsewhere", Problems()
    for folder in (project / "seeds/texts", elsewhere):
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text(f"in {folder.name}", encoding="utf-8")
    looked = Path.is_file

    def swapped(path: Path) -> bool:
        """The last look before the file is opened."""
        found = looked(path)
        if not (project / "seeds/texts").is_symlink():
            (project / "seeds/texts").rename(project / "seeds/before")
            (project / "seeds/texts").symlink_to(elsewhere)
        return found

    monkeypatch.setattr(Path, "is_file", swapped)
    assert Folder(project).read_bytes("seeds/texts/a.txt", problems) is None
    assert [each.rule for each in problems.found] == ["file-missing"]
