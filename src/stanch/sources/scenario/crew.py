"""The thieves of one incident: what they share, and the steps that all their tricks are made of."""

from dataclasses import dataclass, field

from stanch.sources.scenario.books import Money
from stanch.sources.scenario.cast import Cast
from stanch.sources.scenario.chance import Chance
from stanch.sources.scenario.deposits import forward, sweep_wait
from stanch.sources.scenario.world import World


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Loot that came out of a mixer, as only the thieves know."""

    tx: int
    mixer: str
    account: str
    money: Money


@dataclass(frozen=True, slots=True)
class Crew:
    """Thieves who launder the loot of `incident` (counted from 0) in `world`."""

    world: World
    cast: Cast
    incident: int
    withdrawals: list[Withdrawal] = field(default_factory=list)

    def fresh(self) -> str:
        """A new wallet of the thieves."""
        return self.world.fresh("thief")

    def spendable(self, wallet: str, asset: str) -> int:
        """The most that `wallet` can pay in one payment."""
        return self.world.chain.spendable(wallet, asset)

    def pay(self, src: str, dst: str, asset: str, amount: int) -> int:
        """Pay with loot; the transaction's number."""
        return self.world.chain.pay(src, dst, Money(asset, amount, self.incident))

    def pay_all(self, src: str, dst: str, asset: str) -> int:
        """Pay everything that `src` holds; the transaction's number."""
        return self.pay(src, dst, asset, self.spendable(src, asset))

    def cash_out(self, wallet: str, asset: str, amount: int) -> None:
        """Pay `amount` to a new deposit address, which its exchange sweeps at the next round."""
        hot = self.world.chance.chosen(self.cast.all("exchange"))
        deposit = self.world.fresh("deposit")
        self.pay(wallet, deposit, asset, amount)
        sweep = forward(self.world, deposit, hot, asset, self.incident)
        self.world.start(sweep, sweep_wait(self.world))

    def cash_out_all(self, wallet: str, asset: str) -> None:
        """Cash out everything that `wallet` holds."""
        self.cash_out(wallet, asset, self.spendable(wallet, asset))

    def portion(self, wallet: str, asset: str, left: int) -> int:
        """What to spend next where `left` payments shall empty the wallet: uneven, the last all."""
        spendable = self.spendable(wallet, asset)
        return spendable if left == 1 else uneven(self.world.chance, spendable, left)

    def lots(self, total: int, count: int) -> list[int]:
        """`total` in `count` uneven parts that sum to it exactly."""
        parts: list[int] = []
        for left in range(count, 1, -1):
            parts.append(uneven(self.world.chance, total - sum(parts), left))
        return [*parts, total - sum(parts)]


def uneven(chance: Chance, total: int, count: int) -> int:
    """About one part in `count` of `total`, a fifth more or less."""
    return total // count * chance.between(80, 120) // 100
