"""What is known: numbers, dates and units, the records that authors write, and the ledger that
holds them.
"""
