"""Partners: servers of others that a member polls and pushes to, and what came and was laid aside.

`links` keeps them, `leases` hands them to workers, `intake` sorts out what came, `outgoing` what
goes, `quarantine` what an analyst decides. Nothing here knows the network.
"""
