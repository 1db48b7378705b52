"""What was published before: values, addresses and editions, as git and the kept files tell."""
