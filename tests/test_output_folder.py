"""``--output``: what somebody put there is never lost without a word, and what lies beside it is neither believed nor written through."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from support import lend, run, tree_hash

from explainer.assemble import swap
from explainer.assemble.swap import Spare
from explainer.common.disk import read_tree
from explainer.common.problems import UsageError
from explainer.options import Options

PAGE = b"a page"
SUM = hashlib.sha256(PAGE).hexdigest()
OURS = {"generator": "explainer", "files": {"index.html": SUM}}
THEIRS = {
    "a web application": {"name": "My app", "icons": [], "start_url": "/"}, "nothing": {}, "a list": [], "another generator": {"generator": "webpack", "files": {}},
    "no files": {"generator": "explainer"}, "files in a list": {"generator": "explainer", "files": ["index.html"]},
    "no sums": {"generator": "explainer", "files": {"index.html": 5}}, "short sums": {"generator": "explainer", "files": {"index.html": "ab"}},
    "paths outside": {"generator": "explainer", "files": {"../x": SUM}}, "an absolute path": {"generator": "explainer", "files": {"/etc/passwd": SUM}},
    "a backslash": {"generator": "explainer", "files": {"a\\b": SUM}}, "an empty path": {"generator": "explainer", "files": {"": SUM}},
    "carried in a list": {**OURS, "carried": [1]}, "a day that is none": {**OURS, "carried": {"a": "2024-99-99"}},
}  # fmt: skip


@pytest.mark.parametrize("text", [*(json.dumps(each).encode() for each in THEIRS.values()), b"", b"\xff", b"[" * 100_000, b"null", b"5", b'"x"', b'{"generator": "explainer"', b"1e999999"], ids=str)  # fmt: skip
def test_another_programs_manifest_makes_no_folder_ours(
    text: bytes, small_project: Path, tmp_path: Path
) -> None:
    """A web application's manifest, or anything else of that name, stays with all that lies beside it; no traceback."""
    output = tmp_path / "app"
    output.mkdir()
    (output / "manifest.json").write_bytes(text)
    (output / "index.html").write_bytes(PAGE)
    before = tree_hash(output)
    for verb in ([], ["verify"]):
        done = run(*verb, "--project", small_project, "--output", output)
        assert done.code == 2, done.said
        assert "Traceback" not in done.said
    assert tree_hash(output) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["app", "project"]


TOLD = {
    "engine": "mkdocs",
    "site_url": None,
    "report": None,
    "today": "2024-01-01",
    "today_from": "--today",
}


@pytest.mark.parametrize(
    "said",
    [{"engine": "x"}, {"engine": 5}, {"engine": None}, {"engine": ["mkdocs"]}, {"today": 5}, {"today": "x"}, {"today": None}, {"today": "2024-13-01"}, {"today": "2024-1-1"},
     {"today_from": 5}, {"report": [1]}, {"report": "x"}, {"report": "javascript:alert(1)"}, {"site_url": "x"}, {"site_url": 5}, {"site_url": "https://u:p@x/"},
     {"site_url": "file:///etc"}, {"carried": {"a": 1}}, {"files": 5}],
    ids=str,
)  # fmt: skip
def test_verify_believes_no_manifest(said: dict[str, object], small_project: Path) -> None:
    """What no build of ours can have been told is wrong usage, and says which key is meant."""
    site = small_project / "site"
    site.mkdir()
    (site / "index.html").write_bytes(PAGE)
    (site / "manifest.json").write_text(json.dumps({**OURS, **TOLD, **said}), encoding="utf-8")
    done = run("verify", "--project", small_project)
    assert done.code == 2, done.said
    assert "Traceback" not in done.said
    assert next(iter(said)) in done.stderr


@pytest.mark.parametrize("how", ["link", "folder", "pipe"])
def test_a_manifest_is_a_plain_file(how: str, small_project: Path, tmp_path: Path) -> None:
    """A link, a folder or a pipe of that name is not looked into."""
    site = small_project / "site"
    site.mkdir()
    manifest = site / "manifest.json"
    (tmp_path / "real").write_text(json.dumps({**OURS, **TOLD}), encoding="utf-8")
    {
        "link": lambda: manifest.symlink_to(tmp_path / "real"),
        "folder": manifest.mkdir,
        "pipe": lambda: os.mkfifo(manifest),
    }[how]()
    for verb in ("build", "verify"):
        assert run(verb, "--project", small_project).code == 2


@pytest.fixture
def put(tmp_path: Path) -> Callable[[bytes], Path]:
    """Publishes a site of one page; gives its folder."""
    (tmp_path / "work").mkdir()

    def put(page: bytes) -> Path:
        files = {
            "index.html": page,
            "manifest.json": json.dumps(
                {**OURS, "files": {"index.html": hashlib.sha256(page).hexdigest()}}
            ).encode(),
        }
        swap.publish(tmp_path / "site", files, tmp_path / "work")
        assert read_tree(tmp_path / "site") == files
        return tmp_path / "site"

    return put


def test_what_was_put_there_is_named(put: Callable[[bytes], Path]) -> None:
    """Every kind of thing that a build would take away is named before it does, and litter of the system is not."""
    site = put(b"first")
    (site / ".DS_Store").write_bytes(b"x")
    site = put(b"second")
    (site / "mine.txt").write_bytes(b"x")
    (site / "deep").mkdir()
    (site / "deep" / "mine.txt").write_bytes(b"x")
    (site / "link").symlink_to("nowhere")
    (site / "index.html").write_bytes(b"mended by hand")
    with pytest.raises(UsageError) as refused:
        put(b"third")
    for name in ("mine.txt", "deep/mine.txt", "link", "index.html"):
        assert name in str(refused.value)
    assert (site / "index.html").read_bytes() == b"mended by hand"
    for number in range(20):
        (site / f"more-{number}").write_bytes(b"x")
    with pytest.raises(UsageError, match="and 16 more"):
        put(b"third")


def test_a_site_of_a_former_version_is_updated(
    good: Path, small_project: Path, tmp_path: Path
) -> None:
    """A site that another build made, which this machine knows nothing of, is replaced: its manifest says what it holds."""
    assert run("--project", lend(good, small_project)).code == 0
    site = tmp_path / "copied"
    (small_project / "site").rename(site)
    page = small_project / "site_src/about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    done = run("--project", small_project, "--output", site, "--carry", site)
    assert done.code == 0, done.said
    assert "More." in (site / "about/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [".site.old", ".site.new", ".site.abcdefgh.publishing"])
@pytest.mark.parametrize("holds", ["site", "link", "file", "numbered"])
def test_what_lies_beside_the_output_is_not_believed(
    put: Callable[[bytes], Path], tmp_path: Path, name: str, holds: str
) -> None:
    """A planted site does not become the site; a planted link is not written through; a stranger's folder is left alone."""
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "mine.txt").write_bytes(b"x")
    planted = tmp_path / name
    if holds == "link":
        planted.symlink_to(victim)
    elif holds == "file":
        planted.write_bytes(b"x")
    else:
        inner = planted / "1-2" / "old" if holds == "numbered" else planted
        inner.mkdir(parents=True)
        (inner / "index.html").write_bytes(PAGE)
        (inner / "manifest.json").write_text(json.dumps(OURS), encoding="utf-8")
    before = tree_hash(victim), planted.is_symlink() or planted.is_file() or tree_hash(planted)
    swap.prepare(Options(tmp_path / "project", tmp_path / "site"))
    assert not (tmp_path / "site").exists()
    put(b"first")
    put(b"second")
    assert (
        tree_hash(victim),
        planted.is_symlink() or planted.is_file() or tree_hash(planted),
    ) == before


@pytest.mark.parametrize("whole", [True, False])
def test_an_old_site_is_put_back_where_it_is_ours(
    put: Callable[[bytes], Path], tmp_path: Path, whole: bool
) -> None:
    """What a killed build had moved aside becomes the site again if it is as it was built; else it does not."""
    site = put(b"first")
    outer = tmp_path / ".site.abcdefgh.publishing"
    outer.mkdir()
    inner = outer / f"{outer.stat().st_dev}-{outer.stat().st_ino}"
    inner.mkdir()
    site.rename(inner / "old")
    if not whole:
        (inner / "old" / "index.html").write_bytes(b"<script>")
    swap.prepare(Options(tmp_path / "project", tmp_path / "site"))
    assert site.exists() == whole
    assert not outer.exists()


def test_nothing_is_left_beside_the_output_on_another_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, put: Callable[[bytes], Path]
) -> None:
    """Where the working folder is on another disk, the site is made beside its place, in a folder that nobody can foresee."""
    monkeypatch.setattr(Spare, "of", classmethod(lambda *_: None))
    put(b"first")
    put(b"second")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "work"]
    assert (tmp_path / "site").stat().st_mode & 0o777 == (tmp_path / "work").stat().st_mode & 0o777
