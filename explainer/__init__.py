"""A generator of static explainer websites whose every number can be followed to the words that say it."""

import gc

gc.set_threshold(100_000)  # records live as long as a build, and hold no circles: while they are read, there is little to look for
