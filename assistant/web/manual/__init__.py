"""A whole flow as one page to print: in the manual's order, with what guards decide told in words."""
