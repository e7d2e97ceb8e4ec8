from fieldvisits.models.at_unit import ConfirmationRequest, UnitNotice, UnitOverview, UnitRemark
from fieldvisits.models.change import AmendmentWish, TeamInvitation
from fieldvisits.models.dossier import Dossier
from fieldvisits.models.ledger import CadreLedger, LedgerEntry, MonthTotal
from fieldvisits.models.paper import Paper, Step, Version
from fieldvisits.models.plan import Plan
from fieldvisits.models.product import Product, ProductFile
from fieldvisits.models.programme import ProgrammeActivity
from fieldvisits.models.reading import RegulationReading
from fieldvisits.models.regulation import Holiday, Regulation
from fieldvisits.models.request import AdHocRequest
from fieldvisits.models.setting_change import SettingChange
from fieldvisits.models.sitting import AgendaLine, Direction, Presence, Sitting
from fieldvisits.models.visit import NumberSeries, Visit

__all__ = [
    "AdHocRequest",
    "AgendaLine",
    "AmendmentWish",
    "CadreLedger",
    "ConfirmationRequest",
    "Direction",
    "Dossier",
    "Holiday",
    "LedgerEntry",
    "MonthTotal",
    "NumberSeries",
    "Paper",
    "Plan",
    "Presence",
    "Product",
    "ProductFile",
    "ProgrammeActivity",
    "Regulation",
    "RegulationReading",
    "SettingChange",
    "Sitting",
    "Step",
    "TeamInvitation",
    "UnitNotice",
    "UnitOverview",
    "UnitRemark",
    "Version",
    "Visit",
]
