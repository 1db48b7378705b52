"""Incremental builds: a cache, and the parts of a site that depend on what changed."""
