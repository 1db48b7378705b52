"""Finding what has to be borne out in prose: numbers, dates and comparisons that are typed."""
