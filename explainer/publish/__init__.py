"""The words of a site in one language: answers, dates, corrections and tables.

The package also has the templates, the sandbox in which they run, and the catalogues of the
interface's strings.
"""
