"""The command line, and what it offers beside a build: a server, stubs, schemas, the blast radius, the comparison with a fresh build."""
