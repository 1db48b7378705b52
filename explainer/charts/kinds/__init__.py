"""The kinds of chart. Each module has ``draw`` and ``figure``; see ``explainer.charts.Kind``."""
