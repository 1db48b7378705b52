"""Exports of the ledger for programs: JSON with its schemas, Data Packages, feeds and metadata."""
