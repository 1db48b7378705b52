"""The style of an embed: its own few rules, with the colours and the drawing rules of the site's stylesheet.

Drawings look in an embed as they do on the page, since both take their looks from the same rules.
"""

from __future__ import annotations

import re
from typing import Final

from markupsafe import escape

from explainer import policy
from explainer.wording.rendering import Templates

_DRAWING = re.compile(r"^\.svg-chart[^{}]*\{[^{}]*\}", re.MULTILINE)
_FORCED = re.compile(r"^@media \(forced-colors: active\) \{\n.*?^\}", re.MULTILINE | re.DOTALL)
_HAS_RULES: Final = " data-paper>"
"""Stands in every body since embeds have rules for paper; embed/body.html.j2 writes it."""
_COLOURS = r'\[data-md-color-scheme="{}"\]\s*\{{([^{{}}]*)\}}'
_SPACE = re.compile(r"\s*([{};,])\s*|/\*.*?\*/|\s+", re.DOTALL)


def style(templates: Templates) -> str:
    """The whole stylesheet, on one line."""
    site = templates.source("assets/explainer.css")
    return _squeezed(_coloured(templates, "embed/embed.css") + "\n".join([*_DRAWING.findall(site), *_FORCED.findall(site)]))


def with_late_rules(templates: Templates, body: str) -> str:
    """A released body with the rules that its stylesheet lacks; one that has them is returned as it is.

    Its own stylesheet and every word stay. The policy allows the second stylesheet by its hash, as it does the first.
    """
    if _HAS_RULES in body:
        return body
    site = templates.source("assets/explainer.css")
    late = _squeezed(_coloured(templates, "embed/kept.css") + "\n".join(_FORCED.findall(site)))
    allowed = body.replace("style-src ", f"style-src {escape(policy.of(late))} ", 1)
    return allowed.replace("</style>", f"</style>\n<style>{late}</style>", 1)


def _coloured(templates: Templates, name: str) -> str:
    """A stylesheet of the templates with the site's colours."""
    site = templates.source("assets/explainer.css")
    light, dark = (_colours(site, scheme) for scheme in ("default", "slate"))
    return templates.source(name).replace("/* light */", light).replace("/* dark */", dark)


def _colours(site: str, scheme: str) -> str:
    found = re.search(_COLOURS.format(scheme), site)
    return found.group(1) if found else ""


def _squeezed(css: str) -> str:
    return _SPACE.sub(lambda match: match.group(1) or ("" if match.group().startswith("/*") else " "), css).replace(";}", "}").strip()
