"""The kinds of chart. Each module has ``draw`` and ``figure``; see ``explainer.render.charts.Kind``."""
