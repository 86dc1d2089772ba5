"""The sign-in assistant: flows written in YAML, run as state machines, served as a step-by-step guide."""
