"""A generator of static explainer websites whose every number can be followed to the words that say it."""
