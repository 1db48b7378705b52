#!/usr/bin/env python3
"""Build an explainer: check the facts and the prose of a project, and publish it as a static site.

This file is the whole pipeline. Each step calls into a package of ``explainer/``:

    seeds/ → records → ledger → checks → tables → charts → pages → engine → finish → audit → publish
"""

import os
import sys

# An empty entry in PYTHONPATH puts the current folder on the path. That folder may hold untrusted
# files, so no module is imported from it.
if __name__ == "__main__":
    try:
        sys.path[1:] = [
            each for each in sys.path[1:] if os.path.realpath(each) != os.path.realpath(os.curdir)
        ]
    except OSError:
        sys.stderr.write(
            "build.py: the folder that it was started in is gone; start it in another\n"
        )
        sys.exit(3)

from collections.abc import Callable, Mapping
from pathlib import Path

from explainer import cli, engine
from explainer.assemble import finish, past, starter_text, swap, tracing
from explainer.assemble.audit import audit
from explainer.assemble.page_index import Rules
from explainer.check import rules
from explainer.check.rules import settings
from explainer.cli import partial_check
from explainer.common import disk
from explainer.common.allowed.scripts import Scripts
from explainer.common.problems import MAX_REPORTED, Problems
from explainer.incremental.cache import Cache
from explainer.lint.scan import unlisted_language_remarks
from explainer.options import Options
from explainer.project import Project
from explainer.publish import freshness
from explainer.render import pages
from explainer.render.context import Context
from explainer.render.pages import glyphs, redirects
from explainer.render.site import Site


def gather(
    options: Options, problems: Problems, cache: Cache | None = None, *, whole: bool = True
) -> tuple[Project, Context, Site]:
    """Return the project, its context and its pages, all read, checked and made in memory.

    Everything that is wrong is added to ``problems``. Raises ``Refused`` if there are errors in the
    seeds or in the pages. If ``whole`` is false, only what the checks need is made.
    """
    problems.strict, problems.most = options.strict, MAX_REPORTED
    project = Project.read(options, problems, cache)
    cache = cache or Cache()
    read = len(problems)
    rules.check_ledger(project.ledger, problems, cache)
    found_by_rules = problems.found[read:]
    problems.extend(settings.check(project.settings, project.ledger))
    if problems.errors:
        partial_check.check_pages(project, problems, found_by_rules, cache)
    problems.stop()
    starter_text.check_starter_left(project, problems)
    problems.remarks += [
        past.check_history(project, problems),
        *freshness.overdue(project.ledger, project.today),
    ]
    problems.remarks += unlisted_language_remarks(
        project.ledger, (project.main, *project.languages)
    )

    context = pages.context_of(project, cache, problems, whole=whole)
    site = pages.make_site(project, context, problems, whole=whole)
    problems.stop()
    return project, context, site


def build(
    options: Options, use: Callable[[Path, Mapping[str, bytes], Path], str] = swap.publish
) -> list[str]:
    """Build the site, publish it, and return the lines to print.

    ``use`` receives the output folder, the finished files and the working folder; it publishes the
    site unless another function is given. Raises ``Refused`` before anything is published if there
    are errors.
    """
    swap.prepare(options)
    problems = Problems()
    with disk.working_folder(options) as work, Cache.at(work) as cache:
        project, context, site = gather(options, problems, cache)
        glyphs.add_pictures(site, context)
        del context  # free its memory before the engine starts
        config = engine.config_yaml(
            project.settings,
            project.spoken,
            project.address,
            site.figures,
            options.engine,
            project.languages,
        )
        swap.read_spare_in_background(work)
        shells = engine.Shells(site.records, cache)
        with tracing.to_authors(site, project):
            made = engine.make(
                options.engine, work, config, project.theme, shells.add_to(site.docs), project.today
            )
            files = finish.finish(made, site.files, shells, project, options, cache)
            rules = Rules(
                Scripts(options.engine, project.address, project.own_frames),
                redirects.redirect_paths(project.ledger),
            )
            Problems(audit(files, cache, rules)).stop()
        cache.tidy()
        return [*problems.in_short, use(options.output, files, work)]


if __name__ == "__main__":
    sys.exit(cli.main(sys.argv[1:], gather, build))
