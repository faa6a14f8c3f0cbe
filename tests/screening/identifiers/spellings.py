"""How people and systems write one identifier: each a function of the plain value."""

FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def passport(value: str) -> list[str]:
    return [
        f"Passport No. {value}",
        f"{value[:3]} {value[3:6]}-{value[6:]}",
        value.lower(),
        value.translate(FULL_WIDTH),
        f"passport#{value[:2]}\u200b{value[2:]}\ufeff",
        f"여권번호: {value}",
        f" {value[:4]}.{value[4:]}. ",
        f"{value[:2]}\u2011{value[2:]}",
        f"alt. Passport {value} (Korea, North) expires 18 May 2023",
    ]


def wallet(value: str, ticker: str) -> list[str]:
    scheme = "ethereum" if ticker == "ETH" else "bitcoin"
    other_case = value.lower() if value != value.lower() else value.upper().replace("0X", "0x")
    return [
        f"{ticker}: {value}",
        f"{scheme}:{value}?amount=1",
        other_case,
        " ".join(value[at : at + 4] for at in range(0, len(value), 4)),
        f"{value[:9]}\u200b{value[9:]}\u2060",
        value.translate(FULL_WIDTH),
        f"Digital Currency Address - {ticker} {value};",
        f"hxxps://explorer[.]example/address/{value}",
        value.upper(),
    ]
