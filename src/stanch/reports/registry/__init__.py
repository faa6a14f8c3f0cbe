"""Pictures and pages of the registry."""
