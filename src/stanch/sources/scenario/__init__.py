"""A simulated source: thefts in lawful traffic with their ground truth, and load for benchmarks.

`generate` turns a request into batches of TRANSFERS and small tables. Nothing here writes files.
"""

from stanch.sources.scenario.case import tell_case
from stanch.sources.scenario.load import generate_load
from stanch.sources.scenario.output import Scenario, SmallTable
from stanch.sources.scenario.request import Kind, ScenarioRequest

__all__ = ["Kind", "Scenario", "ScenarioRequest", "SmallTable", "generate"]


def generate(request: ScenarioRequest) -> Scenario:
    """The scenario that `request` asks for, the same to the last byte for the same request.

    Raises InvariantError where a case's truth does not add up.
    """
    return tell_case(request) if request.kind is Kind.CASE else generate_load(request)
