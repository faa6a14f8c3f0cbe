"""Who must sign an order, in words."""

from stanch.model.desk.orders import Rule


def who(rule: Rule) -> str:
    """The members who may sign: `of mem-japan, mem-korea`, or `founding members`."""
    return f"of {', '.join(sorted(rule.among))}" if rule.among else "founding members"


def rule_words(rule: Rule) -> str:
    """A rule in one line."""
    lapse = f", or lapses after {rule.lapses_hours} hours" if rule.lapses_hours else ""
    return (
        f"{rule.members} {who(rule)}{lapse}; to release it, {rule.own} people of the requesting "
        f"member and {rule.others} others of them, {rule.cooling_hours} hours before"
    )
