"""Draws every picture of a project, and says how many seconds of work the drawing alone took: ``python -m bench._pictures PROJECT``."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from build import gather
from explainer import pages
from explainer.options import Options
from explainer.problems import Problems

if __name__ == "__main__":
    project = Path(sys.argv[1])
    _, context, site = gather(Options(project=project, output=project / "site"), Problems())
    begun = time.process_time()
    pages.add_pictures(site, context)
    sys.stdout.write(f"{time.process_time() - begun}\n")
