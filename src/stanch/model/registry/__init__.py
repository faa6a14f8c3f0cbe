"""Words of the registry: incidents, what was said of them, and totals that others published."""
