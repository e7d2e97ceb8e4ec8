from accounts.models.appointment import Appointment, Exemption, Offices, Portfolio
from accounts.models.cluster import ClusterMembership, EmulationCluster
from accounts.models.delegation import Delegation
from accounts.models.department import Department, DepartmentSuccession, DepartmentVersion
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
    "Appointment",
    "ClusterMembership",
    "Delegation",
    "Delivery",
    "Department",
    "DepartmentSuccession",
    "DepartmentVersion",
    "EmulationCluster",
    "Exemption",
    "InboxItem",
    "Offices",
    "OrganisationEvent",
    "Person",
    "Portfolio",
    "ResponsibleUnits",
    "Unit",
    "UnitSuccession",
    "UnitVersion",
    "answering_unit",
    "for_units",
    "responsible_unit",
]
