"""From the pages to the site: the engine is run, pages are finished and audited, and the site is swapped in."""
