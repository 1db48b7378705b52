"""What may stand in a finished site, written down: elements, attributes, addresses, scripts, kinds of files and names."""
