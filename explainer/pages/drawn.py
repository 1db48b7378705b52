"""The pictures of every chart, a card for every page, and what comes with a picture: its parcel, and the answer for oEmbed."""

from __future__ import annotations

from functools import partial

from explainer.context import Context
from explainer.embeds.oembed import oembed
from explainer.embeds.parcel import parcel, parcelled
from explainer.pages import moved
from explainer.pages.posters import poster, size_of
from explainer.pictures import Pictures
from explainer.site import Site


def add_pictures(site: Site, context: Context) -> None:
    """The pictures of every chart, and a card for every page; what is kept from the last build is not drawn again."""
    pictures = Pictures(context.templates, context.site_name, context.shelf, context.lettering)
    posters = {name: poster(context, name) for name in context.tables}
    drawn = {f"data/charts/{name}.png": pictures.of_poster(svg) for name, svg in posters.items()}
    for path, png in pictures.pngs(drawn | {path: pictures.card(*words) for path, words in site.cards.items()}).items():
        site.files.put(path, png)
    for name, svg in posters.items():
        site.files.put(f"data/charts/{name}.svg", svg)
        site.files.put(f"oembed/{name}.json", context.file("oembed", f"{name} {svg.sum}", partial(_oembed, context, name)))
        sums = " ".join(site.files.sum(path) for path in parcelled(name))
        site.files.put(f"data/charts/{name}.zip", context.file("parcel", f"{name} {sums}", partial(_parcel, context, name, site)))
    moved.keep(site, context)


def _oembed(context: Context, name: str) -> str:
    return oembed(context, context.tables[name], size_of(context, name))


def _parcel(context: Context, name: str, site: Site) -> bytes:
    return parcel(context, context.tables[name], site.files)
