"""Use cases of the joint desk: one file a use case, over members, cases and response."""
