"""Words of the joint desk: kinds, roles, markings, states, and the documents made of them."""
