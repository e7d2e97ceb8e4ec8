from accounts.models.agency import AgencyVersion, ClockRun
from accounts.models.appointment import Appointment, Exemption, Offices, Portfolio, clerks_on
from accounts.models.backup import BackupRun
from accounts.models.cluster import ClusterMembership, EmulationCluster
from accounts.models.delegation import Delegation
from accounts.models.department import Department, DepartmentSuccession, DepartmentVersion
from accounts.models.event import AccountEvent
from accounts.models.import_job import ImportJob
from accounts.models.link import EmailChange, Invitation, OneTimeLink, with_invitation
from accounts.models.message import Delivery, InboxItem
from accounts.models.organisation_event import OrganisationEvent
from accounts.models.person import Person
from accounts.models.responsible import (
    ResponsibleUnits,
    answering_unit,
    for_units,
    responsible_unit,
)
from accounts.models.unit import Unit, UnitSuccession, UnitVersion

__all__ = [
    "AccountEvent",
    "AgencyVersion",
    "Appointment",
    "BackupRun",
    "ClockRun",
    "ClusterMembership",
    "Delegation",
    "Delivery",
    "Department",
    "DepartmentSuccession",
    "DepartmentVersion",
    "EmailChange",
    "EmulationCluster",
    "Exemption",
    "ImportJob",
    "InboxItem",
    "Invitation",
    "Offices",
    "OneTimeLink",
    "OrganisationEvent",
    "Person",
    "Portfolio",
    "ResponsibleUnits",
    "Unit",
    "UnitSuccession",
    "UnitVersion",
    "answering_unit",
    "clerks_on",
    "for_units",
    "responsible_unit",
    "with_invitation",
]
