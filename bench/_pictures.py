"""Draws all pictures of a project: ``python -m bench._pictures PROJECT``.

It prints how many seconds of processor time the drawing took.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from build import gather
from explainer.common.problems import Problems
from explainer.options import Options
from explainer.render.pages import glyphs


def worked() -> float:
    """Return the processor time so far, in seconds, including that of finished child processes."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    project = Path(sys.argv[1])
    _, context, site = gather(Options(project=project, output=project / "site"), Problems())
    begun = worked()
    glyphs.add_pictures(site, context)
    sys.stdout.write(f"{worked() - begun}\n")
