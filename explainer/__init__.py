"""A generator of static explainer websites in which every number is traced to its source's words."""

import gc

# Records live for the whole build and hold no reference cycles, so while they are read the garbage
# collector has little to find.
gc.set_threshold(100_000)
