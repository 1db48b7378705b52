"""The ledger for machines: one JSON file with its schema, tables as a Data Package, and references for other people's libraries."""
