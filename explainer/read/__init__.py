"""Reads a project's files into records, each with its place; what cannot be read is a problem."""
