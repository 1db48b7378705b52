"""What is published, in words: answers, dates, corrections and tables, for one language."""
