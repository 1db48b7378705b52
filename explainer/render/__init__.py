"""What is published, as files: charts, pages, embeds, downloads and references."""
