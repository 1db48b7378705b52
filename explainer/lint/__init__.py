"""Finds the numbers, dates and comparisons in prose that an author typed and that need a source."""
