"""Editions: what a chart said when it was released, kept for ever under an address that is worked out from its content."""
