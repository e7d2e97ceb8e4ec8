"""Who finds which paper (docs/permissions.csv, part "xem"); everything else answers 404."""

import pytest
from django.urls import reverse

from tests.flows.everywhere import body_of
from tests.flows.permission_table import ROLES, SEEN_BY

pytestmark = [pytest.mark.django_db, pytest.mark.pages]


def pages(papers):
    """The page of each line of the table."""
    found = {}
    for kind, name in (line.split() for line in SEEN_BY):
        by_name = {
            "plan": papers.plans, "dossier": papers.dossiers, "visit": papers.visits,
            "request": papers.requests,
            "sitting": papers.sittings, "notice": papers.sittings,
            "job": {"rural": papers.jobs["job_rural"], "agency": papers.jobs["job_agency"]},
            "days": papers.people, "product": papers.products, "unitnotice": papers.notices,
            "confirmation": papers.confirmations, "activity": papers.activities,
            "weekly": papers.weekly, "quarterly": papers.quarterly, "annual": papers.annual,
            "issue": papers.issues, "cluster": papers.clusters,
        }[kind]  # fmt: skip
        route = {
            "notice": "fieldvisits:sitting-notice",
            "unitnotice": "fieldvisits:notice-detail",
            "job": "reports:annual-file",
            "days": "reports:person-days",
            "weekly": "reports:weekly-detail",
            "quarterly": "reports:quarterly-detail",
            "annual": "reports:annual-report-detail",
            "issue": "reports:issue-detail",
        }.get(kind, f"fieldvisits:{kind}-detail")
        found[f"{kind} {name}"] = reverse(route, args=[by_name[name].pk])
    return found


@pytest.mark.parametrize("role", ROLES)
def test_a_paper_is_found_by_those_of_the_table_alone(papers, browser_of, role):
    browser, expected, found = browser_of(papers, role), {}, {}
    for line, address in pages(papers).items():
        answer = browser.get(address)
        body_of(answer)
        expected[line] = role in SEEN_BY[line]
        found[line] = answer.status_code in (200, 302)
        assert answer.status_code in (200, 302, 404), (line, answer.status_code)

    assert found == expected


def test_a_session_of_somebody_disabled_is_over(papers, browser_of):
    browser = browser_of(papers, "disabled")
    person = papers.people["cadre"]
    kept = browser_of(papers, "cadre")
    person.is_active = False
    person.save()

    for one in (browser, kept):
        assert one.get("/").url.startswith("/accounts/login/")
        assert one.post("/plans/open/", {"quarter": "2018-4"}).url.startswith("/accounts/login/")


@pytest.mark.parametrize("role", ["outsider", "unit", "gone", "inspector", "administrator"])
def test_lists_for_those_who_lead_are_not_found_by_others(papers, browser_of, role):
    browser = browser_of(papers, role)
    sees_figures = role == "inspector"
    found = {
        address: browser.get(address).status_code
        for address in ("/dossiers/", "/quarter/NT/2018-3/", "/sittings/convene/",
                        "/reports/dashboard/", "/reports/people/", "/reports/panels/weekly/")
    }  # fmt: skip
    expected = {
        address: 200 if sees_figures and address.startswith("/reports/") else 404
        for address in found
    }
    assert found == expected
