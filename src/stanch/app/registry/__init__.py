"""Use cases of the registry: check its files, look into it, take a published total apart."""
