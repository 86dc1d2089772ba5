"""A flow as a picture: what stands in it (`model`), where it stands (`layout`), and SVG, Mermaid and DOT of it."""
