"""Exact integers as text for people: major units, shares, dates. Integer arithmetic only."""

from dataclasses import dataclass
from datetime import datetime

from stanch.reports.names import clean

_SCIENTIFIC_FROM = 10**15


@dataclass(frozen=True, slots=True)
class Denomination:
    """How amounts of one asset (CAIP-19) are written; `decimals` is None where nobody knows."""

    asset: str
    symbol: str
    decimals: int | None

    def short(self, amount: int) -> str:
        """`amount` (smallest units) in major units, rounded for reading: `4,983.91 ETH`."""
        return f"{self.number(amount)} {self.symbol}".rstrip()

    def number(self, amount: int) -> str:
        """The number of `short` without the symbol."""
        return _rounded(amount, self.decimals or 0)

    def exact(self, amount: int) -> str:
        """`amount` without any rounding, in major and in smallest units."""
        if not self.decimals:
            return f"{amount:,} {self.symbol}".rstrip()
        whole, rest = divmod(abs(amount), 10**self.decimals)
        fraction = f"{rest:0{self.decimals}d}".rstrip("0")
        major = f"{'-' if amount < 0 else ''}{whole:,}{'.' + fraction if fraction else ''}"
        return f"{major} {self.symbol} = {amount} smallest units"


def _rounded(amount: int, decimals: int) -> str:
    if amount < 0:
        return "-" + _rounded(-amount, decimals)
    whole, rest = divmod(amount, 10**decimals)
    if whole >= _SCIENTIFIC_FROM:
        digits = str(whole)
        return f"{digits[0]}.{digits[1:4]}×10^{len(digits) - 1}"
    if not rest:
        return f"{whole:,}"
    places = min(decimals, _places(whole, rest, decimals))
    scaled = (amount * 10**places + 10**decimals // 2) // 10**decimals
    whole, part = divmod(scaled, 10**places)
    return f"{whole:,}.{part:0{places}d}"


def _places(whole: int, rest: int, decimals: int) -> int:
    """Decimal places that say enough: two from 10 on, four from 1, else three leading digits."""
    if whole >= 10:
        return 2
    if whole:
        return 4
    return max(4, decimals - len(str(rest)) + 3)


def percent(part: int, whole: int) -> str:
    """`part` of `whole` with one decimal: `96.6 %`; `< 0.1 %` where it is there but tiny."""
    if whole <= 0:
        return "–"
    permille = (part * 1000 + whole // 2) // whole
    if part > 0 and permille == 0:
        return "< 0.1 %"
    if permille == 1000 and part < whole:
        return "> 99.9 %"
    return f"{permille // 10:,}.{permille % 10} %"


def moment(time: str) -> str:
    """ISO 8601 UTC (`2022-03-23T13:29:09Z`) as `23 Mar 2022 13:29 UTC`; other text stays."""
    parsed = parse_time(time)
    return clean(time, 40) if parsed is None else f"{day(parsed)} {parsed.year} {parsed:%H:%M} UTC"


def day(time: datetime) -> str:
    """`23 Mar`, in English whatever the machine's locale."""
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return f"{time.day} {months[time.month - 1]}"


def parse_time(time: str) -> datetime | None:
    """The time that ISO 8601 text says, or None."""
    try:
        return datetime.fromisoformat(time)
    except ValueError:
        return None
