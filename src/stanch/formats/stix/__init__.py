"""STIX 2.1, written and read: what Stanch knows as objects, and bundles of others. Pure: no I/O."""
