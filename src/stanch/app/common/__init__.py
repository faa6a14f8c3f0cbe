"""Private matching between members, by files: each member runs its part on its own machine."""
