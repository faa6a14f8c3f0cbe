"""The verbs of `stanch`, by what people do: each with its one line, in the order of --help."""

from typing import Final

# A verb's module has an `app` of several verbs (`group`), or a function of its own name.
PANELS: Final = {
    "Follow stolen money": {
        "ledger": "Put transfers from files in order, once, for every trace that follows.",
        "trace": "Follow stolen money through a ledger and account for every unit.",
        "explain": "Show how stolen money came to an account, heaviest path first, step by step.",
        "report": "Draw a trace's report.html anew; nothing is traced again.",
        "scenario": "Write SIMULATED thefts in lawful traffic, with what really happened.",
        "demo": "Simulate a theft, build its ledger, trace it, and write the report.",
    },
    "Screen names and addresses": {
        "lists": "Import sanctions lists, and keep and compare every version.",
        "screen": "Find who is on a sanctions list, by name or address, or under a desk's order.",
        "review": "Have two people say whether a hit of a screening is who it seems to be.",
    },
    "Find workers under false names": {
        "personas": "Take in applications for work, and find which are one operator or farm.",
    },
    "Account for incidents": {
        "incidents": "Look into the registry of incidents, and check its files.",
        "reconcile": "Take a published total apart: what agrees, is missing, extra or disputed.",
        "designation": "Check a proposed sanction against the lists in force, and export it.",
        "pack": "Write the pack of a meeting, or a period: every figure with its rows and sources.",
    },
    "Run a desk": {
        "init": "Make a new desk, and print the one-time link of its first administrator.",
        "serve": "Serve a desk until it is stopped.",
        "work": "Let time pass over orders, send what is due, and poll partners, until stopped.",
        "story": "Play a SIMULATED theft at a real desk, from the report to the hold.",
        "audit": "Check a desk's log, and hand it to others.",
        "backup": "Write a desk to one signed file, while it works. Keep desk.key apart from it.",
        "restore": "Restore a desk into a new folder, all of it or nothing.",
        "migrate": "Bring a desk's database to this version of Stanch.",
        "erase": "Forget a person who left, a reporter's words, or a review; the log stays whole.",
    },
    "Who is at a desk": {
        "session": "Sign in at a desk as a person, by a one-time link, and out again.",
        "me": "See who you are at a desk, and choose to be told by e-mail that something waits.",
        "member": "See who is at a desk, and add members.",
        "person": "Let people of your own member in, and let them go.",
        "contact": "See who answers at each member, and say who answers at yours.",
        "api-key": "Make keys by which your programs come in at a desk, and revoke them.",
        "webhook": "Say where your member is told of orders: one proposes, another agrees.",
    },
    "Work together at a desk": {
        "case": "Open cases at a desk, fill them, judge, and look into them.",
        "intake": "Take in reports from outside, and say what each is worth.",
        "body": "Found a body of several members at a desk, and see who sits in it.",
        "meeting": "Call meetings of a body, and keep what belongs to them.",
    },
    "Share with others": {
        "common": "Find out with other members what both know, and show nothing else.",
        "stix": "Export as STIX 2.1, check bundles, and move wallets between dialects.",
        "collection": "Make collections of STIX objects at a desk, and say who reads and writes.",
        "share": "Share rows of a desk into collections, see what is shared, and take it back.",
        "partner": "Poll partners' servers and push to them, over TAXII 2.1.",
        "quarantine": "Take in or drop what came from partners and was laid aside.",
    },
    "Have accounts held": {
        "order": "Draft, sign, check and answer block orders.",
        "redress": "Have an order reviewed for who says they were blocked wrongly, and answer.",
        "feed": "Print what a desk tells your member, a line of JSON each, from where it stopped.",
        "changes": "List orders that came into force or let go of accounts since a given place.",
    },
    "Sign and check, on a machine of your own": {
        "key": "Make keys to sign with, and certify approvers' keys.",
        "directory": "Make, sign and check the directory of members and keys.",
        "sign": "Show in plain words what you would sign about an order, ask, and sign it.",
        "verify": "Check an order, or evidence, with all that was signed about it. Needs no desk.",
    },
}
VERBS: Final = {name: line for verbs in PANELS.values() for name, line in verbs.items()}
