"""From files to records, each with its place; what cannot be read is a problem."""
