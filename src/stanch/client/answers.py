"""What an exchange or issuer answers to an order."""

import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from stanch.errors import UsageError
from stanch.formats.chain_event import Event, from_log
from stanch.model.desk.orders import Answer

_MIN_SALT: Final = 16  # bytes
_NEEDS: Final = {
    Answer.NOTHING: (),
    Answer.HELD: ("asset", "amount"),
    Answer.GONE: ("gone_to",),
    Answer.REFUSED: ("reason",),
}
_AMOUNT: Final = re.compile(r"[1-9][0-9]{0,77}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer about one account, or about all of them where none is named.

    `amount` is an integer in the smallest unit of `asset` (CAIP-19). `reference` is the customer's
    account, hashed (`hashed`). `gone_to` is where the money had gone; `transaction` where it
    happened; `proof` the event by which an issuer froze the account (`proof_in`). `held` needs
    asset and amount, `already_gone` where to, `refused` a reason.

    A later answer for the same account and asset takes the place of the earlier one. `replaces`,
    the id of that one, is needed only to say again what had been said before it.
    """

    answer: Answer
    account: str | None = None
    asset: str | None = None
    amount: int | None = None
    reference: str | None = None
    gone_to: str | None = None
    reason: str | None = None
    transaction: str | None = None
    proof: Event | None = None
    replaces: str | None = None

    def body(self) -> dict[str, object]:
        """As it is sent. Raises UsageError for an answer that lacks what it must say."""
        for name in _NEEDS[Answer(self.answer)]:
            if getattr(self, name) is None:
                raise UsageError(f"{self.answer}: {name} is missing")
        amount = None if self.amount is None else str(self.amount)
        if amount is not None and not _AMOUNT.fullmatch(amount):
            raise UsageError("an amount is an integer of one or more, in the smallest unit")
        said = {
            "answer": Answer(self.answer).value,
            "account": self.account,
            "asset": self.asset,
            "amount": amount,
            "reference": self.reference,
            "gone_to": self.gone_to,
            "reason": self.reason,
            "transaction": self.transaction,
            "proof": None if self.proof is None else self.proof.body(),
            "replaces": self.replaces,
        }
        return {name: value for name, value in said.items() if value is not None}

    def once(self) -> str:
        """Its idempotency key: of what it says, so it outlives whoever has to send it again."""
        return sha256(json.dumps(self.body(), sort_keys=True).encode()).hexdigest()


def proof_in(chain: str, log: Mapping[str, Any]) -> Event:
    """The event in one of the `logs` of a receipt, as a node gives it; `chain` is CAIP-2.

    Raises UsageError where it cannot be one, or its block was taken back.
    """
    try:
        return from_log(chain, log)
    except ValueError as error:
        raise UsageError(f"proof: {error}") from None


def hashed(reference: str, salt: bytes) -> str:
    """A customer's reference as it may leave the house: with a secret salt of at least 16 bytes,
    since account numbers are few enough to be guessed. Raises UsageError for a short one.
    """
    if len(salt) < _MIN_SALT:
        raise UsageError(f"the salt of references has at least {_MIN_SALT} bytes, and is secret")
    return f"sha256:{hmac.digest(salt, reference.encode(), sha256).hex()}"
