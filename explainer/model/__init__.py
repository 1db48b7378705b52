"""Numbers, dates and units, the records that authors write, and the ledger of all records."""
