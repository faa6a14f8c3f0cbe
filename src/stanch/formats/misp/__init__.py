"""MISP events, galaxies and lists of samples as STIX objects, and back as they were."""
