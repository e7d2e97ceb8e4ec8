from fieldvisits.models.dossier import Dossier
from fieldvisits.models.ledger import CadreLedger, LedgerEntry, MonthTotal
from fieldvisits.models.paper import Paper, Step, Version
from fieldvisits.models.plan import Plan
from fieldvisits.models.regulation import Holiday, Regulation
from fieldvisits.models.sitting import AgendaLine, Direction, Presence, Sitting
from fieldvisits.models.visit import NumberSeries, Visit

__all__ = [
    "AgendaLine",
    "CadreLedger",
    "Direction",
    "Dossier",
    "Holiday",
    "LedgerEntry",
    "MonthTotal",
    "NumberSeries",
    "Paper",
    "Plan",
    "Presence",
    "Regulation",
    "Sitting",
    "Step",
    "Version",
    "Visit",
]
