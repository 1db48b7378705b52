"""The kinds of chart. Each module has the functions of ``explainer.render.charts.Kind``."""
