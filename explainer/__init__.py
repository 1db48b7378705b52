"""A generator of static explainer websites. Every number on them can be traced to its source."""

import gc

# Records live for the whole build and hold no reference cycles, so while they are read the garbage
# collector has little to find.
gc.set_threshold(100_000)
