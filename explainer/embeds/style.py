"""The style of an embed: its own few rules, with the colours and the drawing rules of the site's stylesheet.

Drawings look in an embed as they do on the page, since both take their looks from the same rules.
"""

from __future__ import annotations

import re

from explainer.wording.rendering import Templates

_DRAWING = re.compile(r"^\.svg-chart[^{}]*\{[^{}]*\}", re.MULTILINE)
_FORCED = re.compile(r"^@media \(forced-colors: active\) \{\n.*?^\}", re.MULTILINE | re.DOTALL)
_COLOURS = r'\[data-md-color-scheme="{}"\]\s*\{{([^{{}}]*)\}}'
_SPACE = re.compile(r"\s*([{};,])\s*|/\*.*?\*/|\s+", re.DOTALL)


def style(templates: Templates) -> str:
    """The whole stylesheet, on one line."""
    site = templates.source("assets/explainer.css")
    light, dark = (_colours(site, name) for name in ("default", "slate"))
    own = templates.source("embed/embed.css").replace("/* light */", light).replace("/* dark */", dark)
    return _squeezed(own + "\n".join([*_DRAWING.findall(site), *_FORCED.findall(site)]))


def _colours(site: str, scheme: str) -> str:
    found = re.search(_COLOURS.format(scheme), site)
    return found.group(1) if found else ""


def _squeezed(css: str) -> str:
    return _SPACE.sub(lambda match: match.group(1) or ("" if match.group().startswith("/*") else " "), css).replace(";}", "}").strip()
