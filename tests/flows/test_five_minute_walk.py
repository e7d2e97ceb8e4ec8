"""What a newcomer does in the first five minutes, on awkward days of the year."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import Person, Unit
from fieldvisits.demo.people import code_of
from fieldvisits.ledger.checking import disagreements
from fieldvisits.models import Dossier, Plan, Sitting, Visit

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
DAYS = ("2026-01-02", "2028-02-29", "2026-07-01", "2026-12-31")


def sign_in(name):
    browser = Client()
    browser.force_login(Person.objects.get(code=code_of(name)))
    return browser


def post(browser, url, **data):
    """Send a form; what is wrong with it stands in the failure."""
    answer = browser.post(url, data)
    assert answer.status_code == 302, answer.content.decode()[-6000:]
    return answer


def step(browser, paper, name):
    paper.refresh_from_db()
    url = reverse(f"fieldvisits:{paper.PATH}-step", args=[paper.pk, name])
    post(browser, url, version=paper.version)


def file_a_plan(today):
    """The cadre fills the empty plan with one day and submits it."""
    cadre = sign_in("canbo")
    plan = Plan.objects.own().get(cadre__code=code_of("canbo"), state="draft")
    day = max(today + timedelta(days=1), plan.quarter.first_day)
    unit = Unit.objects.existing_on(day).first()
    post(
        cadre,
        reverse("fieldvisits:visit-add", args=[plan.pk]),
        unit=unit.pk,
        starts_on=f"{day:%d/%m/%Y}",
        session="full",
        kind="working_session",
        content="Làm việc với Ban Thường vụ về mô hình hợp tác xã",
    )
    step(cadre, plan, "submit")
    return plan, plan.visits.get()


def carry_to_the_committee(plan, today):
    """The head agrees, holds the meeting and forwards; TCKT puts it before the committee."""
    head = sign_in("truongban")
    step(head, plan, "agree")
    quarter = str(plan.quarter)
    meeting = reverse("fieldvisits:dossier-meeting", args=["TNNT", quarter])
    post(head, meeting, met_on=f"{today:%d/%m/%Y}", present="Toàn ban", missing_reason="Nộp sau")
    dossier = Dossier.objects.of(plan.department_id, plan.quarter).get(state="compiling")
    step(head, dossier, "forward")
    step(sign_in("tckt"), dossier, "put_before")


def decide_and_close():
    """Every line of the open sitting is agreed to, by somebody whose own it is not."""
    sitting = Sitting.objects.get(state="open")
    for line in sitting.lines.all():
        url = reverse("fieldvisits:line-decide", args=[sitting.pk, line.pk])
        post(sign_in("phobithu"), url, decision="approve", version=line.version)
    close = reverse("fieldvisits:sitting-close", args=[sitting.pk])
    chair = sign_in("bithu")
    shown = chair.get(close).context["form"].initial
    post(chair, close, **{**shown, "notice_number": "78-TB/TĐTN-TCKT"})


@pytest.mark.parametrize("day", DAYS)
def test_five_minute_walk_ends_on_the_dashboard(day):
    with time_machine.travel(f"{day} 09:00+07:00", tick=False):
        call_command("load_demo", "--cadres", "16", verbosity=0)
        plan, visit = file_a_plan(date.fromisoformat(day))
        carry_to_the_committee(plan, date.fromisoformat(day))
        decide_and_close()

        visit.refresh_from_db()
        assert visit.state == "approved"
        board = sign_in("bithu").get(reverse("reports:dashboard"))
        assert f"{visit.starts_on:%d/%m}" in board.content.decode()
        assert visit.get_absolute_url() in board.content.decode()
        assert list(disagreements()) == []


def test_demo_of_2018_stands_on_20_november():
    call_command("load_demo", "--year", "2018", "--cadres", "16", verbosity=0)

    assert Sitting.objects.get(state="open").held_on == date(2018, 11, 20)
    assert not Visit.objects.filter(steps__at__date__gt=date(2018, 11, 20)).exists()


def test_demo_loads_once_and_into_an_empty_database_only(settings):
    settings.DEMO_ALLOWED = False
    with pytest.raises(CommandError, match="production"):
        call_command("load_demo", verbosity=0)
