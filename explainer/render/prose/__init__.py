"""Hand-written Markdown: the calls in it, what it may contain, and its expansion."""
