"""Sources as references: CSL-JSON, formatted by citation styles through pandoc, and as BibTeX and RIS for other people's libraries."""
