"""What every other package may use: problems, files and folders, other programs, and what a site may hold."""
