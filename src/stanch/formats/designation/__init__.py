"""A designation file: TOML in, FollowTheMoney and STIX out. Pure: no file, no network."""
