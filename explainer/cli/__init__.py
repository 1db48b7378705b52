"""The command line: verbs, options, messages and exit codes."""

from __future__ import annotations

import argparse
import atexit
import datetime as dt
import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from explainer.check import rules
from explainer.cli import impact, starting, verifying
from explainer.cli.reporting import FORMATS, report
from explainer.common import console, disk, policy
from explainer.common.addresses import BadAddress, site_address
from explainer.common.allowed import styles as allowed_styles
from explainer.common.problems import Problems, Refused, UsageError
from explainer.engine import ENGINES
from explainer.incremental.cache import Cache
from explainer.model.records import EDITED_FROM, EDITED_TO
from explainer.model.settings import REPORT
from explainer.options import Options
from explainer.project import Project
from explainer.render.editions import release
from explainer.render.embeds import style

Gather = Callable[..., Any]
Build = Callable[..., list[str]]


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(message, self.format_usage().rstrip().split("\n"))

    def _print_message(self, message: str, file: Any = None) -> None:
        console.write(message, file)


def main(argv: Sequence[str], gather: Gather, build: Build) -> int:
    """Run one command and return its exit code.

    0: done. 1: there are problems in the project. 2: wrong usage. 3: the machine failed. ``gather``
    and ``build`` are the functions of ``build.py``.
    """

    def command() -> int:
        args = _parser().parse_args(argv)
        try:
            return _run(args, _options(args), gather, build)
        except Refused as refused:
            out = sys.stdout if args.format != "text" else sys.stderr
            report(refused.problems, args.format, out, refused.not_checked, moves=refused.moves)
            return 1

    return console.run_main("build.py", command)


def _run(args: argparse.Namespace, options: Options, gather: Gather, build: Build) -> int:
    """Run the command that ``args`` names and return its exit code.

    What a command raises is passed on.
    """
    # Records hold no reference cycles, and the search for them takes a quarter of the time. The
    # process is short, so the collector is off, and a last search at the exit is prevented too.
    gc.disable()
    atexit.register(gc.freeze)

    def say(texts: Sequence[str]) -> None:
        if not options.quiet:
            console.print_lines(texts)

    match args.verb:
        case "check":
            say(_check(args, options, gather))
        case "new":
            say(starting.start(args.what, args.id, options.project))
        case "release":
            say(_release(options, gather, args.date))
        case "verify":
            return verifying.verify(options, build, sys.stdout)
        case "serve":
            from explainer.cli import (  # noqa: PLC0415
                server,
            )

            server.serve(options, build, args.port)
        case _:
            say(build(options))
    return 0


def _check(args: argparse.Namespace, options: Options, gather: Gather) -> list[str]:
    """Check the project and return the lines to print if nothing is wrong.

    The lines are how hard each page is to read, and how many records were checked. In the formats
    for programs there are none.
    """
    if args.since is not None and not args.since.strip():
        raise UsageError("--since names no commit; write --since main")
    problems = Problems()
    try:
        project, _, site = gather(options, problems, whole=False)
    except Refused as refused:
        if args.since:
            refused.moves = _moves_of_refused(options, args.since)
        raise
    moves = impact.since(project, args.since) if args.since else []
    report(
        problems.warnings,
        options.format,
        sys.stdout,
        () if options.quiet else problems.remarks,
        moves,
    )
    if options.format != "text":
        return []
    claims = sum(1 for _ in project.ledger.entries())
    sizes = (
        f"{len(project.ledger.holders)} facts and series, {claims} claims,"
        f" {len(project.ledger.sources)} sources"
    )
    found = f"Warnings: {len(problems.warnings)}, no errors" if problems.warnings else "No problems"
    return [
        *(f"{path}: {reading}" for path, reading in site.readings.items()),
        f"{found}: {sizes}.",
    ]


def _moves_of_refused(options: Options, since: str) -> list[str]:
    """Return what changes to the seeds since a commit affect, though they cannot be published yet.

    An author needs it to write the missing entry in ``seeds/corrections.yaml``: ``touched`` of that
    entry names what the change affects. Empty if the seeds have errors of their own.
    """
    problems = Problems()
    project = Project.read(options, problems)
    rules.check_ledger(project.ledger, problems, Cache())
    try:
        problems.stop()
    except Refused:
        return []
    return impact.since(project, since)


def _release(options: Options, gather: Gather, date: str) -> list[str]:
    problems = Problems()
    _, context, _ = gather(options, problems)
    if (
        not options.trust
        and policy.source_expression(style(context.templates)) not in allowed_styles.RELEASED
    ):
        raise UsageError(
            "the project has a stylesheet of its own for embeds; editions with it are released and"
            " built with --trust"
        )
    files = release(context, _day("--date", date))
    disk.add(options.project, files)
    charts = sorted({path.split("/")[2] for path in files})
    kept = len(context.tables) - len(charts)
    said = (
        f"Released {len(charts)} edition{'' if len(charts) == 1 else 's'}: {', '.join(charts)}"
        if charts
        else "Nothing has changed"
    )
    return [*problems.remarks, f"{said}; {kept} as they were."]


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="build.py",
        description="Builds an explainer site from sourced facts.",
        parents=[_shared()],
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", parser_class=_Parser)
    again = _shared(argparse.SUPPRESS)
    verbs.add_parser("build", parents=[again], help="build the site (what happens without a verb)")
    check = verbs.add_parser(
        "check", parents=[again], help="check everything an author wrote; build nothing"
    )
    check.add_argument(
        "--since", metavar="REV", help="list what the changes to the seeds since a commit move"
    )
    verbs.add_parser(
        "verify",
        parents=[again],
        help="say file by file what differs between the site and a fresh build",
    )
    serve = verbs.add_parser(
        "serve", parents=[again], help="build, serve, and build again at each change"
    )
    serve.add_argument(
        "--port",
        type=int,
        choices=range(65536),
        default=8000,
        metavar="PORT",
        help="where to serve, 0 to 65535",
    )
    released = verbs.add_parser(
        "release", parents=[again], help="keep what each chart says now as an edition, for ever"
    )
    released.add_argument("--date", metavar="DATE", required=True, help="the day of the release")
    new = verbs.add_parser(
        "new",
        parents=[again],
        help="begin an explainer in a folder, or a fact, a source or a page in this one",
    )
    new.add_argument(
        "what",
        metavar="DIR | fact | source | page",
        help="an empty or new folder; or what to begin here",
    )
    new.add_argument("id", nargs="?", help="of the fact or the source; the name of the page")
    return parser


def _shared(missing: str | None = None) -> _Parser:
    """Return a parser for the options that may be before or after the command.

    ``missing`` is the default of each option. With ``argparse.SUPPRESS``, an option that is not
    given after the command does not overwrite one that was given before it.
    """
    shared = _Parser(add_help=False)

    def default(value: object) -> Any:
        return missing or value

    shared.add_argument(
        "--project",
        metavar="DIR",
        type=Path,
        default=default(starting.ROOT),
        help="another explainer's folder",
    )
    shared.add_argument(
        "--output",
        metavar="DIR",
        type=Path,
        default=default(None),
        help="where the site goes (default: site/ in the project)",
    )
    shared.add_argument(
        "--carry",
        metavar="DIR",
        type=Path,
        default=default(None),
        help="assets of the last deployment to keep",
    )
    shared.add_argument(
        "--engine", choices=ENGINES, default=default("mkdocs"), help="the site engine"
    )
    shared.add_argument(
        "--site-url", metavar="URL", default=default(None), help="the address the site will have"
    )
    shared.add_argument(
        "--today",
        metavar="DATE",
        default=default(None),
        help="the day to judge freshness by (default: the newest date in the seeds)",
    )
    shared.add_argument(
        "--report",
        metavar="ADDRESS",
        default=default(None),
        help="where readers report errors: a repository, a mailto:, an address",
    )
    shared.add_argument(
        "--format", choices=FORMATS, default=default("text"), help="how problems are printed"
    )
    shared.add_argument(
        "--strict",
        action="store_true",
        default=default(False),
        help="let warnings stop the build as errors do",
    )
    shared.add_argument(
        "--trust",
        action="store_true",
        default=default(False),
        help=(
            "run the project's own theme templates, and publish its own scripts: you wrote or read"
            " them"
        ),
    )
    shared.add_argument(
        "--quiet", action="store_true", default=default(False), help="print problems only"
    )
    return shared


def _options(args: argparse.Namespace) -> Options:
    project = args.project.resolve()
    if not project.is_dir():
        raise UsageError(f"--project {args.project} is not a folder")
    if args.today is not None:
        _day("--today", args.today)
    if args.report is not None and not REPORT.match(args.report):
        raise UsageError(f"--report {args.report} is no address; write https://… or mailto:…")
    output = Path(os.path.abspath(args.output or project / "site"))  # noqa: PTH100
    return Options(
        project,
        output,
        args.engine,
        _site(args.site_url),
        args.today,
        args.format,
        args.quiet,
        args.strict,
        args.carry,
        args.report,
        trust=args.trust,
    )


def _site(given: str | None) -> str | None:
    try:
        return site_address(given) if given else given
    except BadAddress as bad:
        raise UsageError(f"--site-url {bad}; {bad.hint}") from bad


def _day(option: str, text: str) -> str:
    """Return the day that an option gives as YYYY-MM-DD, the form that sorts by time.

    Raises ``Misused`` if it is no date, or if its year is out of range.
    """
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{option} {text} is not a date; write 2026-03-04") from error
    if not EDITED_FROM <= day.year <= EDITED_TO:
        raise UsageError(
            f"{option} {text} is no day from {EDITED_FROM} to {EDITED_TO}; write 2026-03-04"
        )
    return day.isoformat()
