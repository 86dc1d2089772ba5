"""Rules of the checker: each is a small function that yields problems, sorted into modules by what it looks at."""
