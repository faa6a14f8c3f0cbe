"""Attribution: from tags of many sources, and from how accounts behave, to LABELS."""
