"""Days, visits and people at host units: counted in the planner, whose pages show them too."""

from fieldvisits.ledger.at_units import Coverage, Tree, UnitDays, coverage, last_days, unit_days

__all__ = ["Coverage", "Tree", "UnitDays", "coverage", "last_days", "unit_days"]
