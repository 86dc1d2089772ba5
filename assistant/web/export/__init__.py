"""The guide as files that any file server can serve, or nobody at all: a site, one page to print, Markdown."""
