"""Checks of the ledger: each rule is one file in ``rules``; whether a quote supports a claim stands in ``support``."""
