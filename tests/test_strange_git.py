"""A project's git folder is data: nothing that it names is run, read outside of it or waited for."""

from __future__ import annotations

import os
import shutil
import subprocess
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha1
from pathlib import Path

import pytest
from support import apart, copy_small, git, lend, once, publish, replace, run

from explainer.common.problems import UsageError
from explainer.history import git as git_
from explainer.history.git import History, NoHistory, Unreadable, read_settings

SECRET = "cHJpdmF0ZQ-of-somebody-else"
"""What stands in files outside of the project, and must never be printed."""
SIGNED = {
    "openpgp": "-----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----",
    "x509": "-----BEGIN SIGNED MESSAGE-----\n iQ==\n -----END SIGNED MESSAGE-----",
    "ssh": "-----BEGIN SSH SIGNATURE-----\n U1NIU0lH\n -----END SSH SIGNATURE-----",
}
"""What git takes for a signature, by its kind."""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project, published once and changed since in one page, so that its past is read; nobody changes it."""

    def make(folder: Path) -> None:
        project = copy_small(folder / "project")
        publish(project, "published/1")
        page = project / "site_src" / "about.md"
        page.write_text(f"{page.read_text(encoding='utf-8')}\nMore is to come.\n", encoding="utf-8")
        git(project, "add", "--all")
        git(project, "commit", "--quiet", "--message", "More")

    return once(tmp_path_factory, "published", make) / "project"


@pytest.fixture
def project(published: Path, tmp_path: Path) -> Path:
    """A copy of that project, which a test may change."""
    shutil.copytree(published, tmp_path / "project", symlinks=True)
    return tmp_path / "project"


@dataclass(frozen=True)
class Marker:
    """A program that leaves a file, and the file."""

    program: Path
    file: Path

    @classmethod
    def made(cls, folder: Path) -> Marker:
        """Write the program into a new folder."""
        folder.mkdir()
        program, file = folder / "ran.sh", folder / "ran"
        program.write_text(f"#!/bin/sh\ntouch '{file}'\nexit 1\n", encoding="utf-8")
        program.chmod(0o755)
        return cls(program, file)


@pytest.fixture
def marker(tmp_path: Path) -> Marker:
    """A program that must not run, outside of the project."""
    return Marker.made(tmp_path / "marker")


def set_all(project: Path, settings: dict[str, str]) -> None:
    """Write settings into a repository's own file."""
    for key, value in settings.items():
        git(project, "config", "--add", key, value)


def ask_everything(project: Path) -> History | None:
    """Ask all that can be asked of a history; nothing but ``Unreadable`` and ``Misused`` may come of it."""
    try:
        history = History.of(project)
    except Unreadable:
        return None
    if isinstance(history, NoHistory):
        return None
    asked: list[Callable[[], object]] = [
        lambda: history.is_shallow,
        lambda: history.tags,
        history.published,
        *(
            partial(history.commit, each)
            for each in ("HEAD", "main", "published/1", "HEAD~1", "@{u}", "HEAD@{1}", ":/x", "-x")
        ),
        lambda: history.files("HEAD", "seeds"),
        lambda: history.files("published/1", "seeds"),
        lambda: history.names("HEAD", "site_src"),
        lambda: history.added("seeds"),
    ]
    for ask in asked:
        with suppress(Unreadable, UsageError):
            ask()
    return history


def signed_commit(project: Path, kind: str) -> None:
    """Put a commit with a signature on top."""
    tree, parent = git(project, "rev-parse", "HEAD^{tree}"), git(project, "rev-parse", "HEAD")
    who = "A <a@example.org> 1700000000 +0000"
    body = f"tree {tree}\nparent {parent}\nauthor {who}\ncommitter {who}\ngpgsig {SIGNED[kind]}\n\nSigned\n"
    made = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin"],
        cwd=project, input=body, text=True, capture_output=True, check=True,
    ).stdout.strip()  # fmt: skip
    git(project, "update-ref", "HEAD", made)


def lose_a_tree(project: Path) -> None:
    """Take an object out of the repository that the present commit needs."""
    name = git(project, "rev-parse", "HEAD:seeds")
    (project / ".git" / "objects" / name[:2] / name[2:]).unlink()


def plant_signature(project: Path, marker: Marker, kind: str, key: str) -> None:
    """A signed commit, and a program to look at signatures."""
    signed_commit(project, kind)
    allowed = marker.program.with_name("allowed")
    allowed.write_text("a@example.org ssh-ed25519 AAAA\n", encoding="utf-8")
    set_all(
        project,
        {
            "log.showSignature": "true",
            key: str(marker.program),
            "gpg.ssh.allowedSignersFile": str(allowed),
        },
    )


def plant_attribute(project: Path, marker: Marker, attribute: str, keys: Sequence[str]) -> None:
    """An attribute of every file, and the programs that it calls."""
    (project / ".gitattributes").write_text(f"* {attribute}=planted\n", encoding="utf-8")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--allow-empty", "--message", "Attributes")
    set_all(project, {f"{attribute}.planted.{key}": str(marker.program) for key in keys})
    (project / "seeds" / "texts" / "report.txt").touch()


def plant_promisor(project: Path, settings: dict[str, str]) -> None:
    """A missing object that a remote has promised, and how to get to it."""
    lose_a_tree(project)
    remote = {
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.partialclonefilter": "blob:none",
    }
    set_all(project, {"core.repositoryFormatVersion": "1", **remote, **settings})


def plant_include(project: Path, marker: Marker, key: str) -> None:
    """Settings in another file."""
    other = marker.program.with_name("included")
    other.write_text(f"[core]\n\tfsmonitor = {marker.program}\n", encoding="utf-8")
    set_all(project, {key: str(other)})


def plant_hooks(folder: Path, marker: Marker) -> None:
    """Every hook that git knows."""
    folder.mkdir(exist_ok=True)
    names = [
        "pre-commit",
        "post-checkout",
        "post-index-change",
        "reference-transaction",
        "fsmonitor-watchman",
        "pre-auto-gc",
        "post-rewrite",
    ]
    for name in names:
        shutil.copy(marker.program, folder / name)


def plant_hooks_path(project: Path, marker: Marker) -> None:
    """The same in another folder."""
    folder = marker.program.parent / "hooks"
    plant_hooks(folder, marker)
    set_all(project, {"core.hooksPath": str(folder)})


def plant_worktree_settings(project: Path, marker: Marker) -> None:
    """Settings in ``config.worktree``."""
    set_all(project, {"core.repositoryFormatVersion": "1", "extensions.worktreeConfig": "true"})
    (project / ".git" / "config.worktree").write_text(
        f"[core]\n\tfsmonitor = {marker.program}\n", encoding="utf-8"
    )


def setting(project: Path, marker: Marker, *keys: str) -> None:
    """Settings that each name the program."""
    set_all(project, dict.fromkeys(keys, str(marker.program)))


Plant = Callable[[Path, Marker], None]
PLANTS: dict[str, tuple[Plant, list[str]]] = {
    **{
        f"signature-{key}": (partial(plant_signature, kind=kind, key=key), ["log"])
        for kind, key in [
            ("openpgp", "gpg.program"), ("openpgp", "gpg.openpgp.program"), ("x509", "gpg.x509.program"), ("ssh", "gpg.ssh.program"),
        ]
    },
    "fsmonitor": (lambda p, m: setting(p, m, "core.fsmonitor"), ["status"]),
    "hooks": (lambda p, m: plant_hooks(p / ".git" / "hooks", m), ["commit", "--allow-empty", "-m", "x"]),
    "hooks-path": (
        plant_hooks_path,
        ["commit", "--allow-empty", "-m", "x"],
    ),
    "pagers": (lambda p, m: setting(p, m, "core.pager", "pager.log", "pager.rev-list", "pager.rev-parse", "pager.cat-file"), []),
    "aliases": (
        lambda p, m: set_all(p, {f"alias.{each}": f"!{m.program}" for each in ("rev-list", "rev-parse", "cat-file", "log", "planted")}),
        ["planted"],
    ),
    "filters": (lambda p, m: plant_attribute(p, m, "filter", ["clean", "smudge"]), ["checkout-index", "--force", "--all"]),
    "filter-process": (lambda p, m: plant_attribute(p, m, "filter", ["process"]), ["checkout-index", "--force", "--all"]),
    "textconv": (lambda p, m: plant_attribute(p, m, "diff", ["textconv"]), ["show", "published/1"]),
    "diff-command": (lambda p, m: plant_attribute(p, m, "diff", ["command"]), ["diff", "published/1", "HEAD"]),
    "diff-external": (lambda p, m: setting(p, m, "diff.external"), ["diff", "published/1", "HEAD"]),
    "merge-driver": (lambda p, m: plant_attribute(p, m, "merge", ["driver"]), []),
    "editors": (lambda p, m: setting(p, m, "core.editor", "sequence.editor"), ["commit", "--amend"]),
    "ssh": (
        lambda p, m: plant_promisor(p, {"remote.origin.url": "ssh://host.invalid/x", "core.sshCommand": str(m.program)}),
        ["ls-tree", "-r", "HEAD"],
    ),
    "git-proxy": (
        lambda p, m: plant_promisor(p, {"remote.origin.url": "git://host.invalid/x", "core.gitProxy": str(m.program)}),
        ["ls-tree", "-r", "HEAD"],
    ),
    "upload-pack": (
        lambda p, m: plant_promisor(p, {"remote.origin.url": str(p), "remote.origin.uploadpack": str(m.program)}),
        ["ls-tree", "-r", "HEAD"],
    ),
    "ext-protocol": (
        lambda p, m: plant_promisor(p, {"remote.origin.url": f"ext::{m.program}", "protocol.ext.allow": "always"}),
        ["ls-tree", "-r", "HEAD"],
    ),
    "instead-of": (
        lambda p, m: plant_promisor(
            p, {"remote.origin.url": "x:y", f"url.ext::{m.program} .insteadOf": "x:", "protocol.allow": "always"}
        ),
        ["ls-tree", "-r", "HEAD"],
    ),
    "credentials": (
        lambda p, m: plant_promisor(
            p, {"remote.origin.url": "http://127.0.0.1:1/x", "credential.helper": f"!{m.program}", "core.askPass": str(m.program)}
        ),
        [],
    ),
    "include": (lambda p, m: plant_include(p, m, "include.path"), ["status"]),
    "include-if": (lambda p, m: plant_include(p, m, f"includeIf.gitdir:{p}/.path"), ["status"]),
    "worktree-settings": (plant_worktree_settings, ["status"]),
    "trailers": (lambda p, m: setting(p, m, "trailer.planted.command", "trailer.planted.cmd"), []),
    "others": (
        lambda p, m: setting(
            p, m, "interactive.diffFilter", "core.alternateRefsCommand", "diff.guitool", "difftool.x.cmd", "mergetool.x.cmd",
            "browser.x.cmd", "man.x.cmd", "sendemail.smtpserver", "uploadpack.packObjectsHook", "receive.procReceiveRefs",
            "gpg.ssh.defaultKeyCommand", "core.gitProxy", "remote.origin.receivepack", "instaweb.httpd", "web.browser",
            "guitool.x.cmd", "tar.x.command", "imap.tunnel", "submodule.x.update", "init.templateDir", "core.excludesFile",
        ),
        [],
    ),
}  # fmt: skip
"""What a repository may name to be run: how it is planted, and an ordinary call of git that runs it, where there is one."""


@pytest.mark.parametrize("name", PLANTS)
def test_nothing_that_a_repository_names_is_run(name: str, project: Path, marker: Marker) -> None:
    """No function that reads history runs it; ordinary git does, so the trap is a real one."""
    plant, trigger = PLANTS[name]
    plant(project, marker)
    marker.file.unlink(missing_ok=True)
    ask_everything(project)
    assert not marker.file.exists()
    if trigger:
        subprocess.run(
            ["git", *trigger],
            cwd=project,
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        assert marker.file.exists(), f"git {trigger} does not run it, so this shows nothing"


@pytest.mark.parametrize("lost", [False, True])
def test_no_verb_runs_what_a_repository_names(
    lost: bool, good: Path, tmp_path: Path, project: Path, marker: Marker
) -> None:
    """Checking, building, releasing and verifying run nothing either, with everything planted at once; nor do the first two where an object
    is missing.
    """
    lend(good, project)
    committing = ("filters", "filter-process", "textconv", "diff-command", "merge-driver")
    for name in committing:  # before hooks stop every commit
        PLANTS[name][0](project, marker)
    (project / ".gitattributes").write_text(
        "* filter=planted diff=planted merge=planted\n", encoding="utf-8"
    )
    signed_commit(project, "openpgp")
    transports = ("ssh", "git-proxy", "upload-pack", "ext-protocol", "instead-of", "credentials")
    for name, (plant, _) in PLANTS.items():
        if name not in (*committing, *transports) and not name.startswith("signature"):
            plant(project, marker)
    setting(project, marker, "gpg.program", "core.sshCommand")
    set_all(project, {"log.showSignature": "true", "remote.origin.url": "ssh://host.invalid/x"})
    if lost:
        plant_promisor(project, {})
    marker.file.unlink(missing_ok=True)
    checked = run("check", "--project", project, "--since", "published/1")
    assert checked.code == (2 if lost else 0), checked.said
    if lost:
        assert run("check", "--project", project).code == 0
        assert run("check", "--project", project, "--strict").code == 1
    site = tmp_path / "site"
    for verb in (["build"], *([] if lost else [["verify"], ["release", "--date", "2026-01-02"]])):
        done = run(*verb, "--project", project, "--output", site)
        assert done.code == 0, done.said
    assert not marker.file.exists()
    assert (
        "History checked against published/1" in checked.stdout
        or "those of published/1" in checked.stdout
    ) is not lost


def test_the_environment_of_the_caller_takes_no_part(
    tmp_path: Path, project: Path, marker: Marker
) -> None:
    """Variables and files of the user's that steer git run nothing, write nothing and change no answer."""
    other = copy_small(tmp_path / "other")
    publish(other, "published/99")
    home = tmp_path / "home"
    (home / "git").mkdir(parents=True)
    for path in (home / ".gitconfig", home / "git" / "config"):
        path.write_text(
            f"[core]\n\tfsmonitor = {marker.program}\n\tpager = {marker.program}\n",
            encoding="utf-8",
        )
    traces = {
        key: str(tmp_path / "trace")
        for key in (
            "GIT_TRACE",
            "GIT_TRACE_SETUP",
            "GIT_TRACE2",
            "GIT_TRACE2_EVENT",
            "GIT_TRACE_PACKET",
        )
    }
    env = {
        "HOME": str(home), "XDG_CONFIG_HOME": str(home), **traces, "GIT_DIR": str(other / ".git"), "GIT_WORK_TREE": str(other),
        "GIT_INDEX_FILE": str(other / ".git" / "index"), "GIT_OBJECT_DIRECTORY": str(other / ".git" / "objects"),
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.fsmonitor", "GIT_CONFIG_VALUE_0": str(marker.program),
        "GIT_CONFIG_GLOBAL": str(home / ".gitconfig"), "GIT_CONFIG_SYSTEM": str(home / ".gitconfig"), "GIT_CONFIG_PARAMETERS": "'a.b=c'",
        "GIT_SSH_COMMAND": str(marker.program), "GIT_EXTERNAL_DIFF": str(marker.program), "GIT_PAGER": str(marker.program),
        "PAGER": str(marker.program), "GIT_ASKPASS": str(marker.program), "GIT_EXEC_PATH": str(marker.program.parent),
        "GIT_NAMESPACE": "x", "GIT_CEILING_DIRECTORIES": str(tmp_path), "GIT_LITERAL_PATHSPECS": "1", "GIT_SHALLOW_FILE": "/dev/null",
    }  # fmt: skip
    done = apart("check", "--project", project, env=env)
    assert done.code == 0, done.said
    assert "those of published/1" in done.stdout
    assert not marker.file.exists()
    assert not (tmp_path / "trace").exists()


def bare_files(folder: Path, marker: Marker) -> None:
    """A bare repository as plain files among others, with settings that run a program."""
    made = folder.parent / "bare"
    subprocess.run(["git", "clone", "--quiet", "--bare", str(folder), str(made)], check=True)
    (made / "config").write_text(
        f"[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n\tfsmonitor = {marker.program}\n",
        encoding="utf-8",
    )
    for name in ("HEAD", "config", "objects", "refs", "packed-refs"):
        if (made / name).is_dir():
            shutil.copytree(made / name, folder / name)
        elif (made / name).exists():
            shutil.copy(made / name, folder / name)


def test_a_bare_repository_among_a_project_is_none(project: Path, marker: Marker) -> None:
    """Files that look like a repository are files: without ``.git`` there is no history, and with it there is that one."""
    bare_files(project, marker)
    subprocess.run(["git", "status"], cwd=project / "objects", capture_output=True, check=False)
    marker.file.unlink(missing_ok=True)
    git(project, "add", "--all", "--force")
    git(project, "commit", "--quiet", "--message", "A trap")
    history = ask_everything(project)
    assert history is not None
    assert history.commit("HEAD") == git(project, "rev-parse", "HEAD")
    assert not marker.file.exists()
    (project / ".git").rename(project.parent / "away")
    assert isinstance(History.of(project), NoHistory)
    assert "git does not keep this project" in run("check", "--project", project).stdout
    assert not marker.file.exists()


def test_no_replaced_object_and_no_graft_counts(project: Path) -> None:
    """What was published is what was committed, whatever a repository says shall stand in its place."""
    path = "seeds/facts/loans.yaml"
    said = git(project, "rev-parse", f"HEAD:{path}")
    other = project / "other.yaml"
    other.write_text("[]\n", encoding="utf-8")
    instead = git(project, "hash-object", "-w", str(other))
    other.unlink()
    git(project, "replace", said, instead)
    head = git(project, "rev-parse", "HEAD")
    (project / ".git" / "info").mkdir(exist_ok=True)
    (project / ".git" / "info" / "grafts").write_text(f"{head}\n", encoding="utf-8")
    history = History.of(project)
    assert isinstance(history, History)
    assert history.files("HEAD", "seeds")[path] == (project / path).read_bytes()
    assert history.published() == "published/1"
    assert history.commit("HEAD~1") == history.commit("published/1")


def fifo(path: Path) -> None:
    """A pipe in the place of a file: whoever opens it to read waits for ever."""
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def link(path: Path, to: Path | str) -> None:
    """A link in the place of a file or a folder."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.symlink_to(to)


def folder(path: Path) -> None:
    """A folder in the place of a file."""
    path.unlink(missing_ok=True)
    path.mkdir(parents=True)


def write(path: Path, data: bytes) -> None:
    """A file with some bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def forged(project: Path, kind: str, body: bytes, name: str = "") -> str:
    """A loose object, under a name that may be another's; its name."""
    data = b"%s %d\0" % (kind.encode(), len(body)) + body
    name = name or sha1(data, usedforsecurity=False).hexdigest()
    write(project / ".git" / "objects" / name[:2] / name[2:], zlib.compress(data))
    return name


def commit_of(project: Path, tree: str, *parents: str, name: str = "") -> None:
    """A commit of a tree as the present one."""
    who = "A <a@example.org> 1700000000 +0000"
    before = "".join(f"parent {each}\n" for each in parents)
    made = forged(
        project,
        "commit",
        f"tree {tree}\n{before}author {who}\ncommitter {who}\n\nx\n".encode(),
        name,
    )
    write(project / ".git" / "HEAD", f"{made}\n".encode())


def entry(mode: str, name: bytes, what: str) -> bytes:
    """A line of a tree."""
    return mode.encode() + b" " + name + b"\0" + bytes.fromhex(what)


def root_with(project: Path, seeds: str) -> str:
    """The tree of a project with its configuration and some seeds."""
    config = forged(project, "blob", b"site_name: x\n")
    return forged(
        project, "tree", entry("100644", b"mkdocs.yml", config) + entry("40000", b"seeds", seeds)
    )


def fan(project: Path, leaf: str, levels: int) -> str:
    """A folder of ten folders of ten folders, which are all the same one; how many files it has grows tenfold with each level."""
    for _ in range(levels):
        leaf = forged(
            project, "tree", b"".join(entry("40000", b"d%d" % number, leaf) for number in range(10))
        )
    return leaf


def bomb_of_files(project: Path) -> None:
    """Ten thousand million files in a few hundred bytes."""
    leaf = forged(project, "tree", entry("100644", b"a.yaml", forged(project, "blob", b"[]\n")))
    commit_of(project, root_with(project, fan(project, leaf, 10)))


def bomb_of_folders(project: Path) -> None:
    """As many folders without any file, so that nothing is ever listed."""
    commit_of(project, root_with(project, fan(project, forged(project, "tree", b""), 10)))


def two_bombs(project: Path) -> None:
    """Two versions of that, of which each folder differs from the other's."""
    empty = forged(project, "tree", b"")
    one, other = (
        fan(project, forged(project, "tree", entry("40000", name, empty)), 10)
        for name in (b"a", b"b")
    )
    commit_of(project, root_with(project, one))
    first = (project / ".git" / "HEAD").read_text(encoding="utf-8").strip()
    commit_of(project, root_with(project, other), first)


def tree_in_itself(project: Path) -> None:
    """A folder that holds itself; git looks at no sum of an object that lies loose."""
    name = "1" * 40
    forged(project, "tree", entry("40000", b"seeds", name), name)
    commit_of(project, root_with(project, name))


def commit_before_itself(project: Path) -> None:
    """A commit that follows itself."""
    tree, name = git(project, "rev-parse", "HEAD^{tree}"), "2" * 40
    commit_of(project, tree, name, name=name)


def swollen(kind: str) -> Callable[[Path], None]:
    """An object of a thousand million zeros, in a megabyte."""

    def plant(project: Path) -> None:
        size = 1_000_000_000
        squeezer = zlib.compressobj()
        parts = [squeezer.compress(b"%s %d\0" % (kind.encode(), size))]
        parts += [squeezer.compress(bytes(10_000_000)) for _ in range(size // 10_000_000)]
        name = "3" * 40
        write(
            project / ".git" / "objects" / name[:2] / name[2:], b"".join(parts) + squeezer.flush()
        )
        if kind == "commit":
            write(project / ".git" / "HEAD", f"{name}\n".encode())
        elif kind == "tree":
            commit_of(project, root_with(project, name))
        else:
            commit_of(
                project,
                root_with(project, forged(project, "tree", entry("100644", b"a.yaml", name))),
            )

    return plant


def names_of_trees(project: Path) -> None:
    """Files whose names lead elsewhere or hold what no terminal should get."""
    blob = forged(project, "blob", b"[]\n")
    names = [b"..", b".", b"../../../x", b"\x1b[2J", b"a\nb", b"\xff\xfe", b"x" * 5000]
    commit_of(
        project,
        root_with(
            project,
            forged(project, "tree", b"".join(entry("100644", each, blob) for each in names)),
        ),
    )


def many_references(project: Path) -> None:
    """A megabyte of published versions of nothing."""
    write(
        project / ".git" / "packed-refs",
        b"".join(
            b"%040x refs/tags/published/%d\n" % (number, number) for number in range(1, 15_000)
        ),
    )


def deep_references(project: Path) -> None:
    """References below each other as deep as names go."""
    path = project / ".git" / "refs" / "tags" / "published"
    for _ in range(300):
        path /= "deeper"
    write(path / "1", b"4" * 40 + b"\n")


def references_in_a_circle(project: Path) -> None:
    """References that lead to each other."""
    write(project / ".git" / "refs" / "heads" / "a", b"ref: refs/heads/b\n")
    write(project / ".git" / "refs" / "heads" / "b", b"ref: refs/heads/a\n")
    write(project / ".git" / "HEAD", b"ref: refs/heads/a\n")


def strange_names(project: Path) -> None:
    """References whose names hold what no terminal should get."""
    for name in ("\x1b[2J", "a\nb", "x y", "\u202e", "a..b", "a.lock", "-x"):
        write(project / ".git" / "refs" / "tags" / "published" / name, b"5" * 40 + b"\n")
    write(
        project / ".git" / "packed-refs",
        b"6" * 40 + b" refs/tags/published/\x1b[31m\n" + b"6" * 40 + b" refs/tags/published/\xff\n",
    )


def pack_of_pipes(project: Path) -> None:
    """A pack that never ends."""
    for name in ("pack-1.idx", "pack-1.pack"):
        fifo(project / ".git" / "objects" / "pack" / name)


def pack_of_garbage(project: Path) -> None:
    """A pack that is none."""
    for suffix in ("idx", "pack"):
        write(project / ".git" / "objects" / "pack" / f"pack-{'0' * 40}.{suffix}", b"PACK" * 9999)


def borrowed(text: str) -> Callable[[Path], None]:
    """Other folders to take objects from."""
    return lambda project: write(
        project / ".git" / "objects" / "info" / "alternates", text.encode()
    )


def secret(project: Path) -> Path:
    """A file outside of the project that nobody may show."""
    path = project.parent / "secret.txt"
    path.write_text(f"{SECRET}\n", encoding="utf-8")
    return path


def secret_folder(project: Path) -> Path:
    """A folder of such files, one named as a reference is."""
    path = project.parent / "secrets"
    for name in ("published/1", "heads/main", "main", "HEAD"):
        write(path / name, f"{SECRET}\n".encode())
    return path


def in_place(name: str, do: Callable[[Path, Path], None]) -> Callable[[Path], None]:
    """Does something to a file of a project's git folder."""
    return lambda project: do(project / ".git" / name, project)


FILES: dict[str, Callable[[Path, Path], None]] = {
    "pipe": lambda path, _: fifo(path),
    "folder": lambda path, _: folder(path),
    "to-secret": lambda path, project: link(path, secret(project)),
    "to-device": lambda path, _: link(path, "/dev/zero"),
    "to-nothing": lambda path, _: link(path, "nowhere"),
    "to-itself": lambda path, _: link(path, path.name),
    "binary": lambda path, _: write(path, bytes(range(256)) * 4000),
    "empty": lambda path, _: write(path, b""),
    "one-line": lambda path, _: write(path, b"x" * 1_000_000),
    "secret-named": lambda path, project: write(
        path, f"ref: ../../{secret(project).name}\n".encode()
    ),
}
"""What may stand in the place of a file."""
FOLDERS: dict[str, Callable[[Path, Path], None]] = {
    "pipe": lambda path, _: fifo(path),
    "to-secrets": lambda path, project: link(path, secret_folder(project)),
    "to-root": lambda path, _: link(path, "/"),
}
"""What may stand in the place of a folder."""
NAMES = (
    "HEAD", "config", "packed-refs", "shallow", "refs/heads/main", "refs/tags/published/1", "FETCH_HEAD", "objects/info/alternates",
)  # fmt: skip
HOSTILE: dict[str, Callable[[Path], object]] = {
    **{
        f"{name.replace('/', '-')}-{how}": in_place(name, do)
        for name in NAMES
        for how, do in FILES.items()
    },
    **{
        f"{name.replace('/', '-')}-folder-{how}": in_place(name, do)
        for name in ("refs", "objects", "objects/pack", "refs/tags", "refs/tags/published")
        for how, do in FOLDERS.items()
    },
    "config-brackets": lambda p: write(p / ".git" / "config", b"[a]" * 300_000),
    "config-open": lambda p: write(p / ".git" / "config", b'[a "' + b"\\" * 900_000),
    "config-continued": lambda p: write(p / ".git" / "config", b"[a]\nb = " + b"\\\n" * 400_000),
    "config-version": lambda p: write(
        p / ".git" / "config", b"[core]\nrepositoryformatversion = 9\n"
    ),
    "config-hash": lambda p: write(
        p / ".git" / "config",
        b"[core]\nrepositoryformatversion = 1\n[extensions]\nobjectformat = md5\n[x]\n",
    ),
    "config-reftable": lambda p: write(
        p / ".git" / "config",
        b"[core]\nrepositoryformatversion = 1\n[extensions]\nrefstorage = reftable\n",
    ),
    "commondir": lambda p: write(p / ".git" / "commondir", str(secret_folder(p)).encode()),
    "object-pipe": lambda p: fifo(
        p / ".git" / "objects" / git(p, "rev-parse", "HEAD")[:2] / git(p, "rev-parse", "HEAD")[2:]
    ),
    "pack-pipe": pack_of_pipes,
    "pack-garbage": pack_of_garbage,
    "alternates-self": borrowed("../objects\n.\n../../.git/objects\n"),
    "alternates-many": borrowed("".join(f"../objects/{number}\n" for number in range(50_000))),
    "alternates-root": borrowed("/\n/proc\n/dev\n/proc/self/fd\n"),
    "many-references": many_references,
    "deep-references": deep_references,
    "references-in-a-circle": references_in_a_circle,
    "strange-names": strange_names,
    "head-outside": lambda p: write(
        p / ".git" / "HEAD", f"ref: refs/../../../{secret(p).name}\n".encode()
    ),
    "head-of-nothing": lambda p: write(p / ".git" / "HEAD", b"7" * 40),
    "head-of-a-blob": lambda p: write(
        p / ".git" / "HEAD", git(p, "rev-parse", "HEAD:mkdocs.yml").encode()
    ),
    "bomb-of-files": bomb_of_files,
    "bomb-of-folders": bomb_of_folders,
    "two-bombs": two_bombs,
    "tree-in-itself": tree_in_itself,
    "commit-before-itself": commit_before_itself,
    **{f"swollen-{kind}": swollen(kind) for kind in ("commit", "tree", "blob")},
    "names-of-trees": names_of_trees,
    "garbage-tree": lambda p: commit_of(p, forged(p, "tree", b"100644 a")),
    "garbage-commit": lambda p: write(p / ".git" / "HEAD", forged(p, "commit", b"x").encode()),
}
"""Git folders that nobody would have by accident."""


_THROUGH_THE_COMMAND = {
    "HEAD-pipe", "HEAD-to-secret", "packed-refs-binary", "refs-tags-published-folder-to-secrets", "bomb-of-folders", "names-of-trees",
    "strange-names", "swollen-tree", "head-outside",
}  # fmt: skip
"""Those that are tried through the command line too, which takes seconds each."""
_IN_PLACE = [f"{name.replace('/', '-')}-{how}" for name in NAMES for how in FILES]
_TURN = [
    f"{name.replace('/', '-')}-{how}"
    for at, name in enumerate(NAMES)
    for number, how in enumerate(FILES)
    if (number - at) % 5 == 0
]
"""Of each file in turn two of what may stand in its place, so that each file and each thing is met; all pairs are tried in the audit."""
SLOW = (
    "swollen-blob",
    "swollen-commit",
    "bomb-of-folders",
    "bomb-of-files",
    "two-bombs",
    "many-references",
    "names-of-trees",
)
"""Those that take seconds are tried in the audit, but for one."""


AUDITED = {*SLOW, *({*_IN_PLACE} - {*_TURN, *_THROUGH_THE_COMMAND})}


@pytest.mark.parametrize(
    "name",
    [pytest.param(each, marks=pytest.mark.audit) if each in AUDITED else each for each in HOSTILE],
)
def test_a_hostile_git_folder_is_told_or_passed_over(
    name: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever lies there: no error that is not ours, no waiting, and nothing printed of what lies outside."""
    HOSTILE[name](project)
    ask_everything(project)
    for arguments in ([], ["--since", "HEAD"], ["--since", "published/1"])[
        : 3 if name in _THROUGH_THE_COMMAND else 0
    ]:
        done = run("check", "--project", project, *arguments)
        assert done.code in (0, 1, 2), done.said
        assert SECRET not in done.said
        assert "\x1b" not in done.said
    assert SECRET not in capsys.readouterr().out


def elsewhere(project: Path) -> Path:
    """A project of somebody else's on the same machine, with history."""
    other = copy_small(project.parent / "private")
    replace(other / "seeds/facts/loans.yaml", "value: about 900", f"value: about 900 # {SECRET}")
    publish(other, "published/1")
    return other


@pytest.mark.parametrize(
    "how", ["file", "link", "relative", "worktree", "commondir", "named-back-wrongly"]
)
def test_no_folder_shows_the_history_of_another(how: str, project: Path) -> None:
    """A ``.git`` that leads to somebody's repository is followed only where that repository names this folder."""
    other = elsewhere(project)
    (project / ".git").rename(project.parent / "away")
    if how == "link":
        (project / ".git").symlink_to(other / ".git")
    elif how in ("worktree", "commondir"):
        own = project / "own" / "worktrees" / "x"
        write(own / "HEAD", b"ref: refs/heads/main\n")
        write(own / "commondir", str(other / ".git").encode())
        write(own / "gitdir", str(project / ".git").encode())
        if how == "worktree":
            write(project / ".git", f"gitdir: {own}\n".encode())
        else:
            shutil.copytree(project.parent / "away", project / ".git")
            shutil.rmtree(project / ".git" / "objects")
            (project / ".git" / "objects").mkdir()
            write(project / ".git" / "commondir", str(other / ".git").encode())
    else:
        to = os.path.relpath(other / ".git", project) if how == "relative" else str(other / ".git")
        write(project / ".git", f"gitdir: {to}\n".encode())
    if how == "named-back-wrongly":
        git(other, "config", "core.worktree", str(other))
    with pytest.raises(Unreadable):
        History.of(project)
    done = run("check", "--project", project, "--since", "published/1")
    assert done.code == 2
    assert SECRET not in done.said


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"gitdir: ",
        b"gitdir: .git\n",
        b"gitdir: \0\n",
        b"\xff" * 5000,
        b"gitdir: /dev/zero\n",
        b"gitdir: " + b"a/" * 5000,
    ],
)
def test_a_git_file_that_leads_nowhere(text: bytes, project: Path) -> None:
    """It is told as a history that cannot be read."""
    (project / ".git").rename(project.parent / "away")
    (project / ".git").write_bytes(text)
    with pytest.raises(Unreadable):
        History.of(project)
    done = run("check", "--project", project)
    assert done.code == 0, done.said
    assert "History not checked: " in done.stdout


def test_a_git_that_lies_in_the_project_or_the_current_folder_is_not_run(
    project: Path, marker: Marker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of PATH, only absolute folders outside of both are looked into."""
    for folder in (project, project / "bin"):
        folder.mkdir(exist_ok=True)
        shutil.copy(marker.program, folder / "git")
    ordinary = os.environ["PATH"]
    for path in (
        "",
        ".",
        "bin",
        "..",
        str(project),
        str(project / "bin"),
        f"{project}/seeds/../bin",
    ):
        monkeypatch.chdir(project)
        monkeypatch.setenv("PATH", f"{path}{os.pathsep}{ordinary}")
        history = History.of(project)
        assert isinstance(history, History)
        assert Path(history.git).is_absolute()
        assert not Path(history.git).is_relative_to(project)
        assert history.published() == "published/1"
    monkeypatch.setenv("PATH", f"{project}{os.pathsep}.")
    with pytest.raises(Unreadable, match="git is not at hand"):
        History.of(project)
    assert not marker.file.exists()


@pytest.fixture
def clone(project: Path) -> Callable[..., Path]:
    """Makes clones of the project."""

    def made(*arguments: str, address: str = "") -> Path:
        to = project.parent / "clone"
        git(project.parent, "clone", "--quiet", *arguments, address or str(project), str(to))
        return to

    return made


def published_here(project: Path) -> None:
    """The history is read as it is in any ordinary clone."""
    history = History.of(project)
    assert isinstance(history, History)
    assert not history.is_shallow
    assert history.published() == "published/1"
    assert history.files("published/1", "seeds") == {
        path.relative_to(project).as_posix(): path.read_bytes()
        for path in (project / "seeds").rglob("*")
        if path.is_file()
    }
    assert set(history.added("seeds")) == set(history.files("HEAD", "seeds"))


@pytest.mark.parametrize("arguments", [[], ["--shared"], ["--no-hardlinks"], ["--single-branch"]])
def test_clones(arguments: list[str], clone: Callable[..., Path]) -> None:
    """Every way to clone a repository whole gives its whole history, also one that borrows its objects."""
    published_here(clone(*arguments))


@pytest.mark.parametrize(
    "how",
    [
        "packed",
        "annotated",
        "worktree",
        "submodule",
        "below",
        "detached",
        "symbolic",
        "packed-tag-moved",
    ],
)
def test_ordinary_repositories(how: str, project: Path) -> None:
    """Packed objects and references, tags with words, linked worktrees, submodules and projects in a folder are read as git reads them."""
    if how == "packed":
        git(project, "gc", "--quiet")
        assert not (project / ".git/refs/tags/published/1").exists()
    elif how == "annotated":
        commit = git(project, "rev-parse", "published/1")
        git(project, "tag", "--delete", "published/1")
        git(project, "tag", "--annotate", "--message", "x", "published/1", commit)
    elif how == "worktree":
        git(project, "worktree", "add", "--quiet", str(project.parent / "linked"))
        project = project.parent / "linked"
    elif how == "submodule":
        outer = project.parent / "outer"
        outer.mkdir()
        git(outer, "init", "--quiet")
        git(
            outer,
            "-c",
            "protocol.file.allow=always",
            "submodule",
            "--quiet",
            "add",
            str(project),
            "inner",
        )
        project = outer / "inner"
        assert (project / ".git").is_file()
    elif how == "below":
        outer = project.parent / "outer"
        shutil.copytree(project, outer / "a b" / "inner", ignore=shutil.ignore_patterns(".git"))
        publish(outer, "published/1")
        (outer / "ignored").mkdir()
        shutil.copy(project / "mkdocs.yml", outer / "ignored")
        assert isinstance(History.of(outer / "ignored"), NoHistory)
        project = outer / "a b" / "inner"
    elif how == "detached":
        git(project, "checkout", "--quiet", "--detach")
    elif how == "symbolic":
        (project / ".git" / "HEAD").unlink()
        (project / ".git" / "HEAD").symlink_to("refs/heads/main")
    else:
        git(project, "pack-refs", "--all")
        git(project, "tag", "--force", "published/1", "HEAD")
        assert History.of(project).published() == "published/1"  # type: ignore[union-attr]
        git(project, "tag", "--force", "published/1", "HEAD~1")
    published_here(project)


def test_names_of_sha_256(tmp_path: Path) -> None:
    """A repository whose objects have the longer names is read as any other."""
    project = copy_small(tmp_path / "project")
    git(project, "init", "--quiet", "--object-format=sha256")
    publish(project, "published/1")
    published_here(project)


def test_the_last_version_counts_by_its_place_and_number(project: Path) -> None:
    """Of versions that lie on one commit, the highest number is named; one that lies beside the present commit does not count."""
    for number in (2, 10, 9):
        git(project, "tag", f"published/{number}")
    git(project, "checkout", "--quiet", "-b", "beside", "HEAD~1")
    publish(project, "published/99")
    git(project, "checkout", "--quiet", "main")
    history = History.of(project)
    assert isinstance(history, History)
    assert history.published() == "published/10"
    assert history.tags[0] == "published/99"


STRICT = ("check", "--strict", "--project")


def strictly(project: Path, words: str) -> None:
    """The check passes with a warning, and with ``--strict`` stops at it."""
    done = run("check", "--project", project)
    assert done.code == 0, done.said
    assert "history-unchecked" in done.said
    assert words in done.said
    strict = run(*STRICT, project)
    assert strict.code == 1
    assert "history-unchecked" in strict.said
    assert words in strict.said


def test_a_history_that_is_not_whole_stops_a_strict_build(
    clone: Callable[..., Path], project: Path
) -> None:
    """In a shallow clone a published value could change unseen."""
    strictly(clone("--depth", "1", address=project.as_uri()), "it is shallow")


def test_a_clone_without_tags_stops_a_strict_build(clone: Callable[..., Path]) -> None:
    """What was published cannot be known there; once the tags are fetched, it is."""
    project = clone("--no-tags")
    strictly(project, "cloned without tags")
    git(project, "config", "--unset", "remote.origin.tagOpt")
    git(project, "fetch", "--quiet", "--tags")
    assert run(*STRICT, project).code == 0


def test_a_commit_beside_what_was_published_stops_a_strict_build(project: Path) -> None:
    """A history that was written anew does not count as one of which nothing was published."""
    git(project, "checkout", "--quiet", "--orphan", "anew")
    git(project, "commit", "--quiet", "--all", "--message", "Anew")
    strictly(project, "published/1 was published, and is not in the past of this commit")


def test_a_clone_without_objects_stops_a_strict_build(
    clone: Callable[..., Path], project: Path
) -> None:
    """Objects that were not fetched are not fetched now either, and what they say is not guessed."""
    git(project, "config", "uploadpack.allowFilter", "true")
    made = clone("--filter=blob:none", "--no-checkout", address=project.as_uri())
    shutil.copytree(project, made, ignore=shutil.ignore_patterns(".git"), dirs_exist_ok=True)
    strictly(made, "objects are missing")


@pytest.mark.parametrize("begun", ["no-git", "init", "committed", "cloned", "moved"])
def test_a_project_of_which_nothing_was_published_passes_strictly(
    begun: str, project: Path, tmp_path: Path
) -> None:
    """Nothing is missing where there is nothing yet, from the first file to the first publication."""
    folder = tmp_path / "begun" / "project"
    shutil.copytree(project, folder, ignore=shutil.ignore_patterns(".git"))
    if begun in ("committed", "cloned", "moved"):
        publish(folder, "published/1")
        if begun != "moved":
            git(folder, "tag", "--delete", "published/1")
    if begun == "init":
        git(folder, "init", "--quiet")
    if begun == "cloned":
        git(tmp_path, "clone", "--quiet", str(folder), "cloned")
        folder = tmp_path / "cloned"
    if begun == "moved":
        (folder / "inner").mkdir()
        for name in ("mkdocs.yml", "seeds", "site_src"):
            git(folder, "mv", name, f"inner/{name}")
        git(folder, "commit", "--quiet", "--message", "Move")
        folder /= "inner"
    done = run(*STRICT, folder)
    assert done.code == 0, done.said
    if begun == "moved":
        assert "published/1 holds no seeds of this project" in done.stdout
    if begun in ("committed", "cloned"):
        assert "nothing has been published yet" in done.stdout


def test_settings_are_read_as_git_reads_them(tmp_path: Path) -> None:
    """Sections, quotes, escapes, comments and lines that go on mean what git takes them for."""
    path = tmp_path / "config"
    path.write_text(
        '# c\n[core]\n\tbare = false ; no\n\tworktree = "a b#c"  # yes\n\tflag\n[Remote "O\\"x"] url = a\\\n b\\tc\n'
        "[extensions]objectFormat=sha256\n[core]\n\tworktree = last\r\n[a.B]\n\tc = \\\\x\n",
        encoding="utf-8",
    )
    said = git(tmp_path, "config", "--file", str(path), "--null", "--list")
    ours = read_settings(path.read_text(encoding="utf-8"))
    theirs = {
        key: value if blank else "true"
        for key, blank, value in (each.partition("\n") for each in said.split("\0") if each)
    }
    assert ours == theirs


def test_a_git_folder_has_no_format_that_is_not_known(project: Path) -> None:
    """An extension that may change how references or objects are kept is told, with its name."""
    set_all(project, {"core.repositoryFormatVersion": "1", "extensions.refStorage": "reftable"})
    with pytest.raises(Unreadable, match="refstorage") as told:
        git_.find_repository(project)
    assert "git refs migrate" in told.value.hint
