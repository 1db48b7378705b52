"""Checks of the ledger.

``rules`` has one module for each rule. ``support`` decides whether a quote supports a claim.
``coverage`` finds which sentences and numbers of a kept text are used.
"""
