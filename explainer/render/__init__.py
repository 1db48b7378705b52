"""The published files: charts, pages, embeds, downloads and references."""
