"""Pages written by hand: ``site_src/*.md``, each with a title and a description, and calls for every number."""

from __future__ import annotations

import re
from difflib import get_close_matches

from explainer.context import Context
from explainer.pages.page import Page, root_of
from explainer.problems import Place, Problems
from explainer.prose.calls import place_of
from explainer.prose.expand import Expander
from explainer.prose.hostile import check_hostile
from explainer.prose.mask import mask_code
from explainer.prose.unsourced import in_file, unsourced
from explainer.reading.files import Folder
from explainer.reading.records import record_of
from explainer.reading.yaml_tree import read_tree
from explainer.records import PageHead

MAX_PAGE = 60_000
"""Characters. Markdown's parser is quadratic on hostile input; a page this long is no page."""
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*\.md")
"""A page's name is its address, for ever, on every system: nothing in it has to be escaped anywhere."""
_FRONT = re.compile(r"\A---\n(?P<yaml>.*?\n)---\n(?P<body>.*)\Z", re.DOTALL)
_MD_LINK = re.compile(r"(?<=\]\()(?P<target>[^)\s:#]+\.md)(?P<anchor>#[^)\s]*)?(?=[)\s])")
_BRACKET_RUN = re.compile(r"[\[\]<`*_]{200,}")


def read_pages(folder: Folder, context: Context, problems: Problems) -> list[Page]:
    """Every hand-written page, in the order of their paths."""
    paths = folder.list("site_src", ".md")
    known = {path: _slug(path) for path in paths}
    found = [_read(folder, path, known, context, problems) for path in paths]
    return [page for page in found if page is not None]


def _slug(path: str) -> str:
    name = path.removeprefix("site_src/").removesuffix(".md")
    return name.removesuffix("/index").removesuffix("index") if name.endswith("index") else name


def _read(folder: Folder, path: str, known: dict[str, str], context: Context, problems: Problems) -> Page | None:
    text = folder.read_text(path, problems)
    if text is None or not _fits(path, text, problems):
        return None
    front = _FRONT.match(text)
    if front is None:
        hint = "begin it with three dashes, a title, a description and three dashes"
        problems.add(Place(path), "page-head", "the page has no head", hint)
        return None
    tree = read_tree(path, "\n" + front.group("yaml"), problems)
    head = None if tree is None else record_of(PageHead, path, tree, problems)
    if head is None:
        return None
    slug = known[path]
    expander = Expander(context, root_of(slug), problems)
    title = expander.words(path, head.title, head.place("title"))
    description = expander.words(path, head.description, head.place("description"))
    # the head is kept as blank lines, so that problems in the body have the author's own line numbers
    body = "\n" * (text[: front.start("body")].count("\n")) + front.group("body")
    check_hostile(path, body, context.shelf, problems)
    problems.extend(unsourced(context, path, body, lambda at: place_of(path, body, at)))
    for key in ("title", "description"):
        problems.extend(unsourced(context, path, getattr(head, key), in_file(path, text, head.place(key), getattr(head, key))))
    out = expander.expand(path, _link(path, body, known, problems))
    return Page(slug, title, description, out.text.strip("\n"), head.layout, tuple(out.answers.values()), out.notes, out.explores, path)


def _fits(path: str, text: str, problems: Problems) -> bool:
    if not _NAME.fullmatch(path.removeprefix("site_src/")):
        hint = "name it with lower-case letters, digits and hyphens, as in call-up.md"
        problems.add(Place(path), "page-name", f"'{path[:80]}' cannot be a page's address", hint)
        return False
    if len(text) > MAX_PAGE:
        problems.add(Place(path), "page-size", f"the page has {len(text):,} characters; at most {MAX_PAGE:,}", "split it into pages")
        return False
    run = _BRACKET_RUN.search(text)
    if run:
        problems.add(
            place_of(path, text, run.start()), "page-size", "a run of brackets or marks that would take minutes to read", "take it out"
        )
        return False
    return True


def _link(path: str, text: str, known: dict[str, str], problems: Problems) -> str:
    """Links between hand-written pages, from the author's file names to the engine's tree."""
    masked = mask_code(text)
    here = known[path]
    pieces, position = [], 0
    for match in _MD_LINK.finditer(masked):
        target = f"site_src/{match.group('target')}"
        if target not in known:
            close = get_close_matches(target, known, 1)
            hint = f"Did you mean '{close[0].removeprefix('site_src/')}'?" if close else "link to a file in site_src/"
            problems.add(place_of(path, text, match.start()), "broken-link", f"there is no page '{match.group('target')}'", hint)
            continue
        page = Page(known[target], "", "", "")
        pieces += [text[position : match.start()], root_of(here) + page.file + (match.group("anchor") or "")]
        position = match.end()
    return "".join([*pieces, text[position:]])
