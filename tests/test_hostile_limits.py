"""Small inputs that describe huge ones, folders beside ours, names with line ends, and readers that go away: all end well and soon."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import resource
import shutil
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from support import ROOT, copy_small, git, publish, replace, run, tree_hash

from explainer import engine
from explainer.assemble import swap
from explainer.common import disk
from explainer.common.problems import MachineFailed, UsageError
from explainer.history import git as git_
from explainer.history.git import History, NoHistory, Unreadable
from explainer.options import Options
from explainer.read.ledger import numbers_in

MEMORY = 512_000_000
CPU_SECONDS = 60
"""A generous limit: none of these needs a tenth of it here."""


def _small_machine() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


def _check_on_a_small_machine(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        str(ROOT / "build.py"),
        *(arguments or ("check",)),
        "--project",
        str(project),
    ]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, preexec_fn=_small_machine, cwd="/"
    )


def _object(project: Path, kind: str, body: bytes) -> str:
    data = f"{kind} {len(body)}\0".encode() + body
    name = hashlib.sha1(data, usedforsecurity=False).hexdigest()
    path = project / ".git" / "objects" / name[:2] / name[2:]
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(zlib.compress(data, 1))
    return name


def _entries(entries: Iterable[tuple[str, str, str]]) -> bytes:
    return b"".join(
        f"{mode} {name}\0".encode() + bytes.fromhex(what)
        for mode, name, what in sorted(entries, key=lambda each: each[1])
    )


def _tree(project: Path, entries: Iterable[tuple[str, str, str]]) -> str:
    return _object(project, "tree", _entries(entries))


def _commits(project: Path, trees: list[str]) -> None:
    parent = ""
    who = "A <a@example.org> 1700000000 +0000"
    for tree in trees:
        head = f"tree {tree}\n" + (f"parent {parent}\n" if parent else "")
        parent = _object(project, "commit", f"{head}author {who}\ncommitter {who}\n\nx\n".encode())
    (project / ".git" / "HEAD").write_text(f"{parent}\n", encoding="utf-8")


def _fan_of_editions(project: Path, names: int, folders: int, commits: int, width: int = 8) -> None:
    """Commits each of which names one large folder many times, below names of its own."""
    blob, settings = (
        _object(project, "blob", b"x"),
        _object(project, "blob", (project / "mkdocs.yml").read_bytes()),
    )
    shared = _tree(project, [("100644", f"{at:0{width}}.html", blob) for at in range(names)])
    trees = []
    for commit in range(commits):
        editions = _tree(
            project, [("40000", f"c{commit}-{at:0{width}}", shared) for at in range(folders)]
        )
        trees.append(_tree(project, [("100644", "mkdocs.yml", settings), ("40000", "seeds", _tree(project, [("40000", "editions", editions)]))]))  # fmt: skip
    _commits(project, trees)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """The small project in a repository."""
    project = copy_small(tmp_path / "project")
    publish(project, "published/1")
    return project


@pytest.mark.parametrize(
    ("names", "folders", "commits", "width"),
    [
        (1000, 190, 25, 8),
        pytest.param(10, 19_000, 25, 8, marks=pytest.mark.audit),
        (1, 300_000, 1, 8),
        pytest.param(1000, 150, 1, 200, marks=pytest.mark.audit),
    ],
)
def test_a_small_history_that_names_a_huge_one(
    names: int, folders: int, commits: int, width: int, kept: Path
) -> None:
    """However few objects name however many files, the question ends, with a problem or with a few that stand for all."""
    _fan_of_editions(kept, names, folders, commits, width)
    done = _check_on_a_small_machine(kept)
    assert "history-unchecked" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stdout + done.stderr) < 100_000


def _size(number: int) -> bytes:
    """A number as packs write sizes: seven bits a byte, the last byte below 128."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def _packed(kind: int, size: int, data: bytes, base: bytes = b"") -> bytes:
    """An object of a pack: kind 1 is a commit, kind 7 what makes one of another."""
    first, rest = kind << 4 | size & 15, size >> 4
    return (
        (bytes([first | 128]) + _size(rest) if rest else bytes([first]))
        + base
        + zlib.compress(data)
    )


def _huge_commits(project: Path, tree: str, commits: int, size: int) -> int:
    """Give a project a history in a small pack, each of whose commits has a message of a size; returns the bytes of the pack.

    Each but the first is told as a new head and the first one's message. Nothing but a name says which object is which, so names are made up.
    """
    names = [hashlib.sha1(b"%d" % at, usedforsecurity=False).digest() for at in range(commits)]
    who = "A <a@example.org> 1700000000 +0000"
    heads = [
        f"tree {tree}\n{f'parent {names[at - 1].hex()}' + chr(10) if at else ''}author {who}\ncommitter {who}\n\n".encode()
        for at in range(commits)
    ]
    first = heads[0] + b"a" * size
    pack, offsets = bytearray(b"PACK" + struct.pack(">II", 2, commits)), []
    for number, head in enumerate(heads):
        offsets.append(len(pack))
        if number == 0:
            pack += _packed(1, len(first), first)
            continue
        steps = bytearray(_size(len(first)) + _size(len(head) + size))
        for start in range(0, len(head), 127):
            steps += bytes([len(head[start : start + 127])]) + head[start : start + 127]
        for start in range(len(heads[0]), len(first), 0xFFFFFF):
            steps += (
                b"\xff"
                + struct.pack("<I", start)
                + struct.pack("<I", min(0xFFFFFF, len(first) - start))[:3]
            )
        pack += _packed(7, len(steps), bytes(steps), names[0])
    total = hashlib.sha1(pack, usedforsecurity=False).digest()
    order = sorted(range(commits), key=names.__getitem__)
    index = bytearray(b"\xfftOc" + struct.pack(">I", 2))
    index += b"".join(
        struct.pack(">I", sum(name[0] <= byte for name in names)) for byte in range(256)
    )
    index += (
        b"".join(names[at] for at in order)
        + bytes(4 * commits)
        + b"".join(struct.pack(">I", offsets[each]) for each in order)
        + total
    )
    index += hashlib.sha1(index, usedforsecurity=False).digest()
    folder = project / ".git" / "objects" / "pack"
    folder.mkdir(exist_ok=True)
    (folder / f"pack-{total.hex()}.pack").write_bytes(pack + total)
    (folder / f"pack-{total.hex()}.idx").write_bytes(index)
    (project / ".git" / "HEAD").write_text(f"{names[-1].hex()}\n", encoding="utf-8")
    (project / ".git" / "refs" / "tags" / "published" / "1").write_text(
        f"{names[0].hex()}\n", encoding="utf-8"
    )
    return len(pack)


def test_commits_of_many_megabytes_are_read_for_a_time(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pack of a megabyte can hold thousands of commits that are large each; those of a few letters are read, in the same form."""
    tree = git(kept, "rev-parse", "HEAD^{tree}")
    assert _huge_commits(kept, tree, 40, 100) < 10_000
    assert History.of(kept).published() == "published/1"  # type: ignore[union-attr]
    for size in (
        90_000_000,
        19_000_000,
    ):  # git may not read so much at once; and may, and takes its time for each
        assert _huge_commits(kept, tree, 4_000, size) < 1_000_000
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        monkeypatch.setattr(git_, "_SECONDS", 2.0)
        with pytest.raises(Unreadable):
            History.of(kept).published()  # type: ignore[union-attr]
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 10
    monkeypatch.undo()
    done = _check_on_a_small_machine(kept)
    assert "history-unchecked" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_the_time_of_git_is_counted_over_all_questions(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one question took is not there for the next."""
    now = 0.0
    monkeypatch.setattr(git_.time, "monotonic", lambda: now)
    history = History.of(kept)
    assert not isinstance(history, NoHistory)
    for took in (4.0, 5.0):
        with history._question(), history._question():
            now += took
    assert history.published() == "published/1"
    with history._question():
        now += 1.5
    with pytest.raises(Unreadable, match="did not answer"):
        history.published()


def test_many_messages_of_one_cause_are_few(kept: Path) -> None:
    """A hundred missing editions are named, and the others counted."""
    _fan_of_editions(kept, 500, 1, 1)
    done = _check_on_a_small_machine(kept)
    assert done.returncode == 1
    assert done.stderr.count(": edition-missing: ") == 101
    assert "and 400 more" in done.stderr


@pytest.mark.parametrize(
    "how", ["many lines", pytest.param("large", marks=pytest.mark.audit), "peeled"]
)
def test_huge_lists_of_references(how: str, kept: Path) -> None:
    """A list of references of any size is read within limits; one that goes beyond is told."""
    name = git(kept, "rev-parse", "HEAD")
    with (kept / ".git" / "packed-refs").open("w", encoding="utf-8") as out:
        for at in range(200_000 if how == "many lines" else 1_500_000):
            out.write(f"^{name}\n" if how == "peeled" else f"{name} refs/tags/{at}\n")
    done = _check_on_a_small_machine(kept)
    assert "history-unchecked" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_folders_that_change_with_each_commit_are_read_up_to_a_limit(kept: Path) -> None:
    """Commits each of which has another folder of megabytes at its root are not all read."""
    blob, settings = (
        _object(kept, "blob", b"x"),
        _object(kept, "blob", (kept / "mkdocs.yml").read_bytes()),
    )
    many = _entries(("100644", f"a{at:07}", blob) for at in range(150_000))
    others = [
        _entries([("100644", f"b{commit}", blob), ("100644", "mkdocs.yml", settings)])
        for commit in range(25)
    ]
    _commits(kept, [_object(kept, "tree", many + each) for each in others])
    done = _check_on_a_small_machine(kept)
    assert "history-unchecked" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("place", ["index.html", "assets/x.js", "more.html"])
@pytest.mark.parametrize("size", [1_500_000_000, 1 << 40])
def test_a_sparse_file_in_a_ready_made_site(place: str, size: int, small_project: Path) -> None:
    """A file that is only long, named in the manifest, takes no memory and stays where it is, for a build and for ``verify``."""
    site = small_project / "site"
    (site / place).parent.mkdir(parents=True)
    told = {
        "engine": "mkdocs",
        "site_url": None,
        "report": None,
        "today": "2024-01-01",
        "today_from": "--today",
    }
    days = {place: "2024-01-01"} if place.startswith("assets/") else {}
    told |= {"generator": "explainer", "files": {place: "0" * 64}, "carried": days}
    (site / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    with (site / place).open("wb") as out:
        out.truncate(size)
    options = Options(small_project, site, carry=site)
    command = "import sys; sys.path[:0] = [sys.argv[1]]\nfrom pathlib import Path\nfrom explainer.assemble import assets, swap\nfrom explainer.cli.verifying import differences\nfrom explainer.common.trees import Tree\nfrom explainer.common.problems import UsageError\nsite = Path(sys.argv[2])\nassert list(differences(Tree(site), {sys.argv[3]: b'x'}))\nassert not assets.read_carried(site).files\ntry:\n    swap.publish(site, {}, site.parent)\nexcept UsageError as said:\n    print(said)\n"  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", command, str(ROOT), str(options.output), place], capture_output=True, text=True, check=False, preexec_fn=_small_machine,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "It would be lost" in done.stdout
    assert place in done.stdout


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own."""
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv(disk.CACHE_VARIABLE, str(folder))
    return folder


FOREIGN: dict[str, Callable[[Path, Path], object]] = {
    "any text": lambda path, _: path.write_text("notes", encoding="utf-8"),
    "a path that is gone": lambda path, gone: path.write_bytes(os.fsencode(gone)),
    "nothing": lambda path, _: path.touch(),
    "null bytes": lambda path, _: path.write_bytes(b"/a\0b"),
    "a folder": lambda path, _: path.mkdir(),
    "a link": lambda path, gone: path.symlink_to(gone),
    "a link to a file": lambda path, _: path.symlink_to("/etc/passwd"),
    "a pipe": lambda path, _: os.mkfifo(path),
    "a huge file": lambda path, _: (path.touch(), os.truncate(path, 1 << 40)),
}


@pytest.mark.parametrize(
    "name",
    [
        "precious",
        "foo-0123456789abcdef",
        "0123456789abcdef",
        "-0123456789abcdef",
        "gone-0123456789abcdef0",
    ],
)
@pytest.mark.parametrize("holds", FOREIGN)
def test_a_cache_is_cleared_of_our_own_folders_alone(
    name: str, holds: str, cache: Path, tmp_path: Path
) -> None:
    """Whatever lies beside our folders, with whatever ``project`` in it, a build of another project leaves as it is."""
    folder, gone = cache / name, tmp_path / "gone"
    folder.mkdir()
    (folder / "mine").write_text("x", encoding="utf-8")
    FOREIGN[holds](folder / "project", gone)
    ours = cache / disk.project_cache_folder(gone).name
    ours.mkdir()
    (ours / "project").write_bytes(os.fsencode(gone))
    (cache / "link-0123456789abcdef").symlink_to(folder)
    with disk.working_folder(Options(tmp_path / "other", tmp_path / "site")):
        assert (folder / "mine").exists()
        assert not ours.exists()
    assert (cache / "link-0123456789abcdef").is_symlink()


@pytest.mark.parametrize(
    ("cache_at", "output"),
    [("site/c", "site"), ("site", "site"), ("seeds", "site"), ("seeds/c", "site"), (".", "site"), ("c", "site"), ("c", "c/site"), ("..", "site"), (".cache", "../out")],
)  # fmt: skip
def test_cache_output_and_project_lie_apart(
    cache_at: str, output: str, small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cache in the output, in the project or around one of them is refused before anything is written."""
    monkeypatch.setenv(disk.CACHE_VARIABLE, os.path.normpath(small_project / cache_at))
    before = tree_hash(small_project.parent)
    done = run("--project", small_project, "--output", small_project / output)
    assert done.code == 2, done.said
    assert tree_hash(small_project.parent) == before


@pytest.mark.parametrize("output", ["fonts", "fonts/site", "FONTS", "Seeds/x", "mkdocs.yml", ".github/site", ".github", ".x", "public/.site", ".vscode", "templates/x"])  # fmt: skip
def test_no_input_is_an_output(output: str, small_project: Path) -> None:
    """Every folder that a site is made from, in any case, and whatever begins with a dot, is refused."""
    before = tree_hash(small_project)
    done = run("--project", small_project, "--output", small_project / output)
    assert done.code == 2, done.said
    assert tree_hash(small_project) == before


def test_a_planted_lock_is_not_written_through(cache: Path, tmp_path: Path) -> None:
    """A lock that is a link is refused, and what it leads to stays as it is."""
    victim = tmp_path / "victim"
    victim.write_text("precious", encoding="utf-8")
    folder = cache / disk.project_cache_folder(tmp_path / "project").name
    folder.mkdir(mode=0o700)
    (folder / ".lock").symlink_to(victim)
    with (
        pytest.raises(MachineFailed),
        disk.working_folder(Options(tmp_path / "project", tmp_path / "site")),
    ):
        pass
    assert victim.read_text(encoding="utf-8") == "precious"


VERBS = {
    "check": ["check"], "json": ["check", "--format", "json"], "github": ["check", "--format", "github"], "help": ["--help"], "misused": ["nothing"],
    "new": ["new", "fact", "one-more"], "verify": ["verify"], "no output": ["check", "--project", "/nowhere"],
}  # fmt: skip


ON_A_PUSH = {
    ("full", "json", False), ("full", "misused", False), ("closed pipe", "json", True), ("closed", "check", True), ("closed", "help", False),
}  # fmt: skip
"""Each stream with and without something wrong, and each way to print problems; all others are tried in the audit."""
ENDS = [
    pytest.param(*each, marks=() if each in ON_A_PUSH else pytest.mark.audit)
    for each in itertools.product(("full", "closed pipe", "closed"), VERBS, (False, True))
]


@pytest.mark.parametrize(("where", "verb", "broken"), ENDS)
def test_what_cannot_be_printed_ends_in_order(
    where: str, verb: str, broken: bool, small_project: Path
) -> None:
    """A full disk, a reader that is gone and a closed stream end each verb without a traceback."""
    if broken:
        replace(small_project / "mkdocs.yml", "site_name", "no_such_key: x\nsite_name")
    command = [
        sys.executable,
        str(ROOT / "build.py"),
        "--project",
        str(small_project),
        *VERBS[verb],
    ]
    if where == "closed pipe":
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run(command, stdout=write, stderr=write, check=False)
        os.close(write)
        assert done.returncode in (141, 0, 1, 2), done.returncode
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
        process.stderr.close()
        process.wait()
    elif where == "full":
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(command, stdout=full, stderr=full, check=False)
            assert done.returncode == 3
            said = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False).stderr
    else:
        closed = subprocess.run(
            ["sh", "-c", '"$@" >&-', "sh", *command], stderr=subprocess.PIPE, check=False
        )
        assert closed.returncode in (0, 1, 2)
        said = closed.stderr
    assert b"Traceback" not in said
    assert b"Exception ignored" not in said


def test_a_folder_that_was_deleted_meanwhile(tmp_path: Path) -> None:
    """Started in a folder that is gone, the command says so in one line."""
    (tmp_path / "gone").mkdir()
    command = [
        "sh",
        "-c",
        'cd "$1" && rmdir "$1" && exec "$2" "$3" check',
        "sh",
        str(tmp_path / "gone"),
        sys.executable,
        str(ROOT / "build.py"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1, done.stderr


@pytest.mark.parametrize("letter", ["\n", "\r", "\x1b[2K", "\u2028", "\x85", "\u202e"])
def test_no_name_makes_a_line_of_its_own(letter: str, tmp_path: Path) -> None:
    """A project's, an output's and an id's name with a line end or a control stand escaped in one line, whatever is printed."""
    forged = f"x{letter}No problems: all is well."
    project = copy_small(tmp_path / forged)
    says = [
        run("new", "--project", project, "fact", "abc"), run("new", "--project", project, "fact", "abc"), run("new", "--project", project, forged, "abc"),
        run("check", "--project", project / forged), run("verify", "--project", project), run("--project", project, "--output", project),
        run("check", "--project", project, "--since", forged), run(forged), run("--today", forged), run("--site-url", forged), run("--project", project, "--carry", forged),
    ]  # fmt: skip
    for done in says:
        assert (
            letter not in done.said.replace("\n", "" if letter != "\n" else "\n") or letter == "\n"
        )
        assert not any(
            line.startswith("No problems: all is well.") for line in done.said.splitlines()
        )
        assert forged not in done.said


def test_moves_are_shown_before_they_are_recorded(kept: Path) -> None:
    """``check --since`` shows what a change moves beside the problem that no entry tells of it; the exit code stays 1."""
    replace(kept / "seeds/series/loans-year.yaml", "value: 9800", "value: 9900")
    replace(kept / "seeds/series/loans-year.yaml", "9,800 loans in 2020", "9,900 loans in 2020")
    done = run("check", "--project", kept, "--since", "published/1")
    assert done.code == 1
    assert "unrecorded-change" in done.stderr
    assert "move, in the present prose:" in done.stdout
    told = json.loads(
        run("check", "--project", kept, "--since", "published/1", "--format", "json").stdout
    )
    assert [problem["rule"] for problem in told["problems"]] == ["unrecorded-change"]
    assert any("Claims: 1" in line for line in told["moves"])
    assert run("check", "--project", kept, "--since", "").code == 2


MAKE_NAMES = [
    "a;touch ran;true",
    "$(touch ran)",
    "`touch ran`",
    "a b",
    "a'b",
    'a"b',
    "a&touch ran&",
    "a|touch ran",
    "-x",
    "$(shell touch ran)",
    "a\nb",
]


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not here")
@pytest.mark.parametrize("name", MAKE_NAMES)
def test_make_runs_no_name_of_a_file(name: str, tmp_path: Path) -> None:
    """``make examples`` and the others hand names of folders and files, and variables, to programs as they are."""
    shutil.copy(ROOT / "Makefile", tmp_path / "Makefile")
    (tmp_path / "examples" / name).mkdir(parents=True)
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / f"{name}.txt").touch()
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    audit = tmp_path / ".venv" / "pip-audit" / "bin"
    audit.mkdir(parents=True)
    for program in (python, audit / "python", audit / "pip-audit"):
        program.write_text(
            '#!/bin/sh\nfor each; do printf "%s\\0" "$each" >> "$TOLD"; done\n', encoding="utf-8"
        )
        program.chmod(0o755)
    for stamp in ("site", "test", "audit"):
        (tmp_path / ".venv" / f"{stamp}.stamp").touch()
        (tmp_path / "requirements" / f"{stamp}.txt").touch()
    os.utime(tmp_path / "requirements" / "site.txt", (0, 0))
    told = tmp_path / "told"
    given = {
        "TESTS": name,
        "TOPIC": name,
        "DIR": name,
        "ID": name,
        "SINCE": name,
        "CARRY": name,
        "DATE": name,
        "SITE_URL": name,
        "TODAY": name,
    }
    given |= {"REPORT": name, "TOLD": str(told)}
    env = {
        key: value for key, value in os.environ.items() if key not in ("MAKEFLAGS", "MAKELEVEL")
    } | given
    for target in (
        "examples",
        "vulnerabilities",
        "test",
        "bench",
        "new",
        "fact",
        "moves",
        "last",
        "release",
        "site",
    ):
        told.unlink(missing_ok=True)
        done = subprocess.run(["make", "-o", ".venv/site.stamp", "-o", ".venv/test.stamp", target], cwd=tmp_path, env=env, capture_output=True, text=True, check=False)  # fmt: skip
        assert done.returncode == 0, (target, done.stderr)
        assert not list(tmp_path.rglob("ran")), target
        if target == "examples":
            assert f"examples/{name}/" in told.read_text(encoding="utf-8").split("\0")
    done = subprocess.run(
        ["make", "moves"],
        cwd=tmp_path,
        env={**env, "SINCE": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "SINCE=main" in done.stderr


def test_whole_says_where_there_is_no_git(tmp_path: Path) -> None:
    """``make whole`` outside of a repository, and without the program, says that, and not that something is to be fetched."""
    shutil.copy(ROOT / "templates" / "starter" / "Makefile", tmp_path / "Makefile")
    env = {**os.environ, "GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    done = subprocess.run(
        ["make", "whole"], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "not kept by git" in done.stdout
    assert "unshallow" not in done.stdout
    bare = tmp_path / "bin"
    bare.mkdir()
    (bare / "sh").symlink_to(shutil.which("sh") or "/bin/sh")
    done = subprocess.run(
        [shutil.which("make") or "make", "whole"],
        cwd=tmp_path,
        env={"PATH": str(bare)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "there is no git on this machine" in done.stdout


def test_publishing_refuses_a_link_that_came_meanwhile(tmp_path: Path) -> None:
    """The folders above an output are looked at again when the site is swapped in."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "public").symlink_to(tmp_path / "outside")
    with pytest.raises(UsageError, match="symbolic link"):
        swap.publish(tmp_path / "public" / "site", {}, tmp_path)
    assert not list((tmp_path / "outside").iterdir())


@pytest.mark.parametrize(
    ("language", "number"),
    [("en", "1 "), ("en", "one "), ("zh", "三人"), ("ru", "два "), ("ar", "٣، ")],
)
def test_a_kept_text_of_numbers_alone_is_refused(
    language: str, number: str, small_project: Path
) -> None:
    """Each number of a kept text is read and shown, so a text of a few hundred thousand would take a minute; one of thousands is read."""
    path = small_project / "seeds/texts/report.txt"
    assert numbers_in(number * 5_000, language) >= 5_000
    path.write_text(path.read_text(encoding="utf-8") + number * 70_000, encoding="utf-8")
    for each in (small_project / "seeds/sources").glob("*.yaml"):
        each.write_text(
            each.read_text(encoding="utf-8").replace("language: en", f"language: {language}"),
            encoding="utf-8",
        )
    done = run("check", "--project", small_project)
    assert done.code == 1
    assert "file-size: 'seeds/texts/report.txt' holds 70," in done.said, done.said


def test_a_text_of_many_sources_is_read_a_few_times(small_project: Path) -> None:
    """A kept text is read for each source that names it; a thousand sources cannot have one of a hundred kilobytes."""
    (small_project / "seeds/texts/long.txt").write_text(
        "A sentence of plain words. " * 4000, encoding="utf-8"
    )
    source = "- {{id: many-{0}, type: report, title: T, publisher: P, accessed: '2021-01-01', language: en, read: full, text: texts/long.txt}}\n"
    (small_project / "seeds/sources/many.yaml").write_text(
        "".join(map(source.format, range(100))), encoding="utf-8"
    )
    done = run("check", "--project", small_project)
    assert done.code == 1
    assert "file-size: 'seeds/texts/long.txt' is the text of so many sources" in done.said, (
        done.said[-2000:]
    )


@pytest.mark.parametrize("today", ["0001-01-01", "0999-12-31", "1969-12-31"])
def test_engines_are_told_of_no_day_that_they_do_not_know(today: str) -> None:
    """A manifest, an option or a seed may give any day; to the engine, the first that its clock has is early enough."""
    assert engine.environment(today)[engine.DAY] == "0"
