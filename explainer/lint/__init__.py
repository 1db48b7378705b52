"""What in an author's words has to be borne out: numbers, dates and comparisons that are typed and not called."""
