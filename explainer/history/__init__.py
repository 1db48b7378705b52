"""What was said before: published values, corrections and released editions, as git or the kept files tell."""
