"""Simulated intakes of applications with known answers: honest people, operators and farms.

A simulation, and it says so wherever it is written. It is made of what public advisories say of
how operators work and of how honest people share things by accident; its rates are assumptions,
stated in the modules, and differ by culture and region on purpose.
"""

from stanch.sources.personas_scenario.cultures import CULTURES
from stanch.sources.personas_scenario.output import (
    APPLICATIONS,
    LABELS,
    NOTICE,
    Intake,
    simulate,
)
from stanch.sources.personas_scenario.regions import REGIONS
from stanch.sources.personas_scenario.request import PersonasRequest

__all__ = [
    "APPLICATIONS",
    "CULTURES",
    "LABELS",
    "NOTICE",
    "REGIONS",
    "Intake",
    "PersonasRequest",
    "simulate",
]
