"""What a project published before: values, addresses and editions, from git and kept files."""
