"""What is known of a subject beside its name, weighed against what a list says of an entry.

One file for each kind of fact. Each tells, in decibans and with the reason, what agreement and
contradiction are worth; a fact that one side lacks says nothing. `weighing.weigh` puts them
together, `settling.settle` names what would settle what is left open.
"""
