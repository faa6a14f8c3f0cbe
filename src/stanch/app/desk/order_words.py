"""The words in which faces speak of block orders, gathered from the folder below."""

from stanch.response.orders import LISTING as ORDERS
from stanch.response.orders import NewOrder
from stanch.response.outcomes import LISTING as OUTCOMES
from stanch.response.outcomes import NewOutcome, Stage

__all__ = ["ORDERS", "OUTCOMES", "NewOrder", "NewOutcome", "Stage"]
