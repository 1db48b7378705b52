"""Draws every picture of a project, and says how many seconds of work the drawing alone took: ``python -m bench._pictures PROJECT``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from build import gather
from explainer.common.problems import Problems
from explainer.options import Options
from explainer.render.pages import lettered


def worked() -> float:
    """Seconds of work up to now, that of the processes which drew a share included."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    project = Path(sys.argv[1])
    _, context, site = gather(Options(project=project, output=project / "site"), Problems())
    begun = worked()
    lettered.add_pictures(site, context)
    sys.stdout.write(f"{worked() - begun}\n")
