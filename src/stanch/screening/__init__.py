"""Who is on a list: names in every script, identifiers and addresses, with the evidence for each.

A stage: functions of tables and records, without files, drivers or the network.
"""
