"""Hand-written Markdown: what it may hold, the calls in it, and what they become."""
