"""Yesterday's page finds what it was made with: assets of the last deployment are fetched before a build, and kept for thirty days."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest
from serving import online
from support import Done, run, tree_hash
from whole import project

from explainer.assemble import last_site
from explainer.common.problems import MachineFailed, UsageError

__all__ = ["project"]
MONDAY = dt.date(2026, 3, 2)


def deploy(project: Path, live: Path, day: dt.date) -> Done:
    """What the workflow does on a day: fetch from the live site, build with that, and put the new site in its place."""
    with online(live) as address:
        last_site.fetch(address, project / "last", day)
    done = run("--project", project, "--output", live, "--carry", project / "last")
    assert done.code == 0, done.said
    return done


def picture(project: Path, name: str | None) -> None:
    """Have one picture, with a name that changes with it, as an author's asset; or none."""
    folder = project / "site_src" / "assets"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    if name:
        (folder / name).write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg"><title>{name}</title></svg>', encoding="utf-8"
        )


class _Loads(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        wanted = {"script": "src", "img": "src", "link": "href"}.get(tag)
        rel = dict(attrs).get("rel")
        self.found |= {
            value
            for name, value in attrs
            if name == wanted and value and (tag != "link" or rel in ("stylesheet", "icon"))
        }


def assets_of(site: Path) -> set[str]:
    """Every asset that some page of a site loads, by path."""
    found = set()
    for page in site.rglob("*.html"):
        path = "/" + page.relative_to(site).as_posix()
        found |= {
            urljoin(path, address).lstrip("/")
            for address in _Loads(page.read_text(encoding="utf-8")).found
            if "404" not in path
        }
    return found


def test_yesterdays_page_finds_its_assets(project: Path, tmp_path: Path) -> None:
    """Whatever a page of the last deployment loads stands in the next site too, though the theme's files have new names by then."""
    live = tmp_path / "live"
    picture(project, "one.svg")
    assert run("--project", project, "--output", live).code == 0
    for path in sorted(
        (live / "assets" / "stylesheets").glob("*.css")
    ):  # as if it had been built with another version of the theme
        rename(
            live,
            path.relative_to(live).as_posix(),
            path.with_stem(path.stem + "-old").relative_to(live).as_posix(),
        )
    before = assets_of(live)
    assert any("-old.css" in path for path in before)
    picture(project, "two.svg")
    deploy(project, live, MONDAY)
    assert not [path for path in before if not (live / path).is_file()]
    assert (live / "assets" / "one.svg").is_file()


def rename(site: Path, old: str, new: str) -> None:
    """Give an asset another name, in every page and in the manifest."""
    (site / old).rename(site / new)
    for path in (*site.rglob("*.html"), site / "manifest.json"):
        path.write_text(
            path.read_text(encoding="utf-8").replace(Path(old).name + '"', Path(new).name + '"'),
            encoding="utf-8",
        )
    record = json.loads((site / "manifest.json").read_bytes())
    record["files"] = {
        path: hashlib.sha256((site / path).read_bytes()).hexdigest() for path in record["files"]
    }
    (site / "manifest.json").write_text(json.dumps(record), encoding="utf-8")


def test_kept_for_thirty_days(project: Path, tmp_path: Path) -> None:
    """An asset is carried from deployment to deployment until thirty days after the last site that had it, and then dropped."""
    live = tmp_path / "live"
    picture(project, "one.svg")
    assert run("--project", project, "--output", live).code == 0
    picture(project, None)
    for days, there in ((0, True), (1, True), (29, True), (30, True), (31, False), (32, False)):
        deploy(project, live, MONDAY + dt.timedelta(days=days))
        assert (live / "assets" / "one.svg").exists() == there, days
        carried = json.loads((live / "manifest.json").read_bytes())["carried"]
        assert carried == ({"assets/one.svg": MONDAY.isoformat()} if there else {})


def test_a_site_that_carries_can_be_verified(project: Path, tmp_path: Path) -> None:
    """``verify`` takes what a site carries from the site itself; one changed byte of it is found."""
    live = tmp_path / "live"
    picture(project, "one.svg")
    assert run("--project", project, "--output", live).code == 0
    picture(project, "two.svg")
    deploy(project, live, MONDAY)
    assert run("verify", "--project", project, "--output", live).code == 0
    (live / "assets" / "one.svg").write_text("<svg/>", encoding="utf-8")
    done = run("verify", "--project", project, "--output", live)
    assert done.code == 1
    assert "assets/one.svg: a fresh build does not make it" in done.stdout


def test_the_new_site_comes_first(project: Path, tmp_path: Path) -> None:
    """An asset of the same name is the new site's; and a deployment that changes nothing carries nothing."""
    live = tmp_path / "live"
    picture(project, "one.svg")
    assert run("--project", project, "--output", live).code == 0
    before = tree_hash(live)
    deploy(project, live, MONDAY)
    assert tree_hash(live) == before
    (project / "site_src" / "assets" / "one.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8"
    )
    deploy(project, live, MONDAY)
    assert "title" not in (live / "assets" / "one.svg").read_text(encoding="utf-8")


def test_the_first_deployment(project: Path, tmp_path: Path) -> None:
    """Where nothing is published yet, nothing is carried, and the build is as without."""
    (tmp_path / "live").mkdir()
    deploy(project, tmp_path / "live", MONDAY)
    assert tree_hash(tmp_path / "live") == tree_hash(project / "site")


def test_a_file_that_is_not_what_the_manifest_says(project: Path, tmp_path: Path) -> None:
    """In the middle of a deployment, or after a change by somebody else, the fetch says so and writes nothing."""
    script = next((project / "site" / "assets" / "javascripts").glob("*.js"))
    script.write_bytes(b"alert(1)")
    with (
        online(project / "site") as address,
        pytest.raises(MachineFailed, match="not what the manifest"),
    ):
        last_site.fetch(address, tmp_path / "last", MONDAY)
    assert not (tmp_path / "last").exists()


@pytest.mark.parametrize(
    "manifest",
    [
        "[]",
        "5",
        "[" * 100_000,
        '{"generator": "explainer", "files": []}',
        '{"generator": "explainer", "files": {"assets/a.js": 5}}',
        '{"generator": "explainer", "files": {"assets/a.js": null}}',
        '{"generator": "explainer", "files": {}, "carried": []}',
        '{"generator": "explainer", "files": {"assets/a.js": "x"}, "carried": {"assets/a.js": "soon"}}',
        '{"generator": "explainer", "files": {"assets/a.js": "x"}, "carried": {"assets/a.js": 5}}',
    ],
)
def test_a_manifest_that_is_none_of_ours(manifest: str, tmp_path: Path) -> None:
    """Whatever a server sends in its place is told, and nothing is written."""
    (tmp_path / "live").mkdir()
    (tmp_path / "live" / "manifest.json").write_text(manifest, encoding="utf-8")
    with (
        online(tmp_path / "live") as address,
        pytest.raises(MachineFailed, match="not a manifest of ours"),
    ):
        last_site.fetch(address, tmp_path / "last", MONDAY)
    assert not (tmp_path / "last").exists()


def naming(folder: Path, path: str) -> None:
    """Put a manifest into a folder that names one file."""
    folder.mkdir()
    manifest = json.dumps({"generator": "explainer", "files": {path: "0" * 64}})
    (folder / "manifest.json").write_text(manifest, encoding="utf-8")


@pytest.mark.parametrize(
    "path", ["../x", "assets/../../x", "/etc/x", "assets//x", "assets/x\u0000"]
)
def test_a_manifest_that_names_no_file_of_a_site(path: str, tmp_path: Path) -> None:
    """A manifest with such a name is none of ours: nothing is fetched or written."""
    naming(tmp_path / "live", path)
    with (
        online(tmp_path / "live") as address,
        pytest.raises(MachineFailed, match="not a manifest of ours"),
    ):
        last_site.fetch(address, tmp_path / "last", MONDAY)
    assert not (tmp_path / "last").exists()


@pytest.mark.parametrize("path", ["index.html", "assets/a b"])
def test_a_manifest_that_names_what_is_no_asset(path: str, tmp_path: Path) -> None:
    """Such files are neither fetched nor written."""
    naming(tmp_path / "live", path)
    with online(tmp_path / "live") as address:
        assert last_site.fetch(address, tmp_path / "last", MONDAY).startswith("0 assets")
    assert [each.name for each in (tmp_path / "last").rglob("*")] == ["carried.json"]


def test_only_the_network_that_is_meant(tmp_path: Path) -> None:
    """No file, and no address in the clear, is taken for a site; one that does not answer is the machine's failure."""
    for address in ("file:///etc", "http://explainer.example", "ftp://explainer.example", "assets"):
        with pytest.raises(UsageError):
            last_site.fetch(address, tmp_path / "last", MONDAY)
    with pytest.raises(MachineFailed, match="cannot be reached"):
        last_site.fetch("http://127.0.0.1:9", tmp_path / "last", MONDAY)


BAD = {
    "no record": None,
    "no JSON": "{",
    "a list": "[]",
    "a path that leaves": '{"assets/../index.html": "2026-03-02"}',
    "a page": '{"index.html": "2026-03-02"}',
    "no day": '{"assets/one.svg": "soon"}',
}


@pytest.mark.parametrize("record", BAD)
def test_a_record_that_is_not_one(project: Path, tmp_path: Path, record: str) -> None:
    """A folder without a record that can be read, or with one that names what is no asset, is a misuse; the site stays."""
    before = tree_hash(project / "site")
    (tmp_path / "last").mkdir()
    if BAD[record] is not None:
        (tmp_path / "last" / "carried.json").write_text(str(BAD[record]), encoding="utf-8")
    done = run("--project", project, "--carry", tmp_path / "last")
    assert done.code == 2, done.said
    assert "Traceback" not in done.stderr
    assert tree_hash(project / "site") == before
