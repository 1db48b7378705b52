"""The ledger for machines: JSON with its schema, tables as a Data Package, feeds."""
