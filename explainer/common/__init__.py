"""Code that every other package may use: problems, files and folders, other programs, allowed
content.
"""
