"""Options that take several values after one name, such as `--labels a.csv b.yaml`."""

SEVERAL = frozenset({"--labels", "--seeds", "--cultures"})


def spread(arguments: list[str]) -> list[str]:
    """Repeat the name of such an option before each of its values.

    >>> spread(["trace", "--labels", "a.csv", "packs", "--out", "dir"])
    ['trace', '--labels', 'a.csv', '--labels', 'packs', '--out', 'dir']
    """
    out: list[str] = []
    option, values = "", 0
    for argument in arguments:
        if argument in SEVERAL:
            option, values = argument, 0
        elif argument.startswith("-"):
            option = ""
        elif option:
            values += 1
            if values > 1:
                out.append(option)
        out.append(argument)
    return out
