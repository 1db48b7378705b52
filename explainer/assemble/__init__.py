"""Runs the engine, finishes and audits its pages, and puts the site in place."""
