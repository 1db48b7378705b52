"""What makes a build after a small change short: a cache of what was made, and the parts that depend on what changed."""
