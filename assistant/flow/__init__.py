"""The flow language, without input or output: no web, no database, no network, no clock, no files."""
