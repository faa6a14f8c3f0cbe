"""How people and programs come in, and what they may do then. Secrets are kept as digests only."""
