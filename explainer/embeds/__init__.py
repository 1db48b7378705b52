"""Charts on other people's pages: one self-contained HTML file each, and the ways to take it."""
