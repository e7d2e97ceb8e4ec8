"""The administrator's desk: whether work gets done, and what to do where it does not."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts import administering
from accounts.actions.looking_after import let_in_again, send_again
from accounts.actions.messages import notify
from accounts.administering import Fact, Look, Panel, assumptions_for, panels_for
from accounts.choices import Body, DeliveryState, EventKind, ImportState, Office
from accounts.imports import asking
from accounts.imports.uploads import accepted
from accounts.models import AccountEvent, Delivery, ImportJob
from accounts.sign_in import attempts
from fieldvisits.models import Regulation
from fieldvisits.models.regulation import setting_names
from tests.factories.accounts import PersonFactory, appoint
from tests.factories.imports import as_zip, sent, taken_in
from tests.factories.tables import PEOPLE

pytestmark = pytest.mark.django_db
SECRET = "KIN-Kỷ luật đồng chí An"


@pytest.fixture(autouse=True)
def march():
    with time_machine.travel("2026-03-17 09:00+07:00", tick=False):
        yield


@pytest.fixture
def administrator(client):
    person = PersonFactory(full_name="Lê Quản Trị", in_scope=False)
    appoint(person, body=Body.ADMINISTRATION, office=Office.ADMINISTRATOR)
    client.force_login(person)
    return person


def mail(state=DeliveryState.PENDING, *, kind="decided", waited=timedelta(), **values):
    person = PersonFactory()
    item = notify(person, kind=kind, subject=SECRET, body=SECRET, key=f"k{person.pk}")
    due = timezone.now() - waited
    Delivery.objects.filter(item=item).update(state=state, due_at=due, **values)
    return Delivery.objects.get(item=item)


def facts(administrator):
    look = Look(administrator, timezone.now())
    return {
        f"{panel.key}.{number}": fact
        for panel in panels_for(look)
        for number, fact in enumerate(panel.facts)
    }


def test_panels_stand_in_their_order_whoever_brings_them(administrator, monkeypatch):
    last, first = (
        Panel(key=key, title=key, facts=(Fact(name="x", value=1, tone=tone),), rank=rank)
        for key, rank, tone in (("last", 9, ""), ("first", 1, "bad"))
    )
    monkeypatch.setattr(administering, "_panels", [lambda _look: [last], lambda _look: [first]])

    found = panels_for(Look(administrator, timezone.now()))

    assert [(panel.key, panel.tone) for panel in found] == [("first", "bad"), ("last", "")]


def test_message_that_waits_too_long_is_bad_and_says_what_to_do(administrator):
    mail(waited=timedelta(minutes=14))
    assert facts(administrator)["messages.1"].tone == "ok"
    mail(waited=timedelta(minutes=16))

    found = facts(administrator)

    assert [found[f"messages.{n}"].tone for n in (0, 1)] == ["bad", "bad"]
    assert found["messages.1"].advice
    assert found["system.1"].tone == "bad"  # what a monitor reads is the same


def test_imports_say_what_waits_what_failed_and_until_when_one_goes_back(administrator):
    done = taken_in(as_zip({"people": PEOPLE}), administrator, "nguoi.zip")
    assert [facts(administrator)[f"imports.{n}"].tone for n in (0, 1)] == ["ok", "ok"]
    asked = asking.ask(accepted([sent(as_zip({"people": PEOPLE}))]), by=administrator)
    ImportJob.objects.filter(pk=asked.pk).update(asked_at=timezone.now() - timedelta(minutes=16))
    failed = asking.ask(accepted([sent(as_zip({"people": PEOPLE}))]), by=administrator)
    values = {"state": ImportState.FAILED, "finished_at": timezone.now()}
    ImportJob.objects.filter(pk=failed.pk).update(**values)

    found = facts(administrator)

    assert [found[f"imports.{n}"].value for n in (0, 1, 2)] == [1, 1, "15/06/2026"]
    assert [found[f"imports.{n}"].tone for n in (0, 1)] == ["bad", "warn"]
    assert found["imports.2"].url == f"{done.get_absolute_url()}undo/"
    latest = {found[f"imports.{n}"].url for n in (3, 4, 5)}
    assert latest == {job.get_absolute_url() for job in (done, asked, failed)}


def test_whatever_is_wrong_opens_its_rows_or_says_what_to_do(administrator):
    mail(DeliveryState.FAILED)
    mail(waited=timedelta(hours=3))

    wrong = [fact for fact in facts(administrator).values() if fact.tone in ("bad", "warn")]

    assert len(wrong) > 3
    assert [fact.name for fact in wrong if not (fact.url or fact.advice)] == []


@pytest.mark.parametrize("name", ["administration", "deliveries"])
def test_no_page_of_administration_shows_the_words_of_a_message(client, administrator, name):
    row = mail(DeliveryState.FAILED, last_error="550 no such mailbox")

    page = client.get(reverse(f"accounts:{name}")).content.decode()

    assert SECRET not in page
    client.force_login(row.item.recipient)  # the control: the words are there, for the recipient
    assert SECRET in client.get(reverse("accounts:inbox")).content.decode()


def test_failed_messages_go_out_again_and_no_others(client, administrator):
    failed = mail(DeliveryState.FAILED, attempts=8)
    sent, waiting = mail(DeliveryState.SENT), mail(waited=timedelta(days=1))
    ids = [str(row.pk) for row in (failed, sent, waiting)]

    client.post(reverse("accounts:delivery-retry"), {"delivery": [*ids, "x", "9" * 30]})

    assert list(Delivery.objects.order_by("pk").values_list("state", "attempts")) == [
        (DeliveryState.PENDING, 0),
        (DeliveryState.SENT, 0),
        (DeliveryState.PENDING, 0),
    ]
    assert send_again([failed.pk], by=administrator) == 0


def test_mail_whose_link_only_it_may_know_is_made_anew_instead(administrator):
    row = mail(DeliveryState.FAILED, kind="account")

    assert send_again([row.pk], by=administrator) == 0


def test_nobody_else_sends_again_or_lets_in():
    stranger = PersonFactory()

    for act in (
        lambda: send_again([1], by=stranger),
        lambda: let_in_again("a", reason="x", by=stranger),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_list_of_messages_is_narrowed_and_written_as_a_file(client, administrator):
    mail(DeliveryState.FAILED)
    mail(kind="plan_due", waited=timedelta(hours=1))
    where = reverse("accounts:deliveries")

    shown = [
        len(client.get(where, query).context["page"].rows)
        for query in (
            {},
            {"state": "failed"},
            {"state": "due"},
            {"kind": "reminders"},
            {"kind": "?"},
        )
    ]
    file = b"".join(client.get(where, {"format": "csv", "state": "failed"}).streaming_content)

    assert shown == [2, 1, 1, 1, 2]
    assert (file.count(b"\r\n"), SECRET.encode() in file) == (2, False)


def sign_in(client, password, email):
    return client.post(reverse("account_login"), {"login": email, "password": password}).status_code


def test_who_is_locked_out_is_let_in_again(client, administrator, django_user_model):
    lan = PersonFactory(full_name="Đỗ Thị Lan")
    client.logout()
    assert [sign_in(client, "sai", lan.email) for _time in range(7)][-1] == 429
    assert [(row.name, row.is_locked) for row in attempts.failing(timezone.now())] == [
        ("Đỗ Thị Lan", True)
    ]

    client.force_login(administrator)
    assert "Đỗ Thị Lan" in client.get(reverse("accounts:sign-ins")).content.decode()
    refused = client.post(reverse("accounts:unlock"), {"email": lan.email, "reason": " "})
    assert (refused.status_code, AccountEvent.objects.exists()) == (422, False)
    client.post(reverse("accounts:unlock"), {"email": lan.email, "reason": "Gọi  điện báo"})

    event = AccountEvent.objects.get()
    assert (event.person, event.by, event.note) == (lan, administrator, "Gọi điện báo")
    assert event.kind == EventKind.LET_IN_AGAIN
    client.logout()
    assert sign_in(client, "mat-khau", lan.email) == 302


def test_what_a_stranger_typed_is_not_shown(client, administrator):
    client.logout()
    sign_in(client, "sai", "mat-khau-bi-mat@example.org")
    client.force_login(administrator)

    page = client.get(reverse("accounts:sign-ins")).content.decode()

    assert len(attempts.failing(timezone.now())) == 1
    assert "mat-khau-bi-mat" not in page


def test_who_has_no_password_yet_is_counted(administrator):
    unable = PersonFactory()
    unable.set_unusable_password()
    unable.save()

    assert list(attempts.cannot_sign_in()) == [unable]


def test_every_setting_of_ours_in_force_is_said_in_words(administrator):
    found = assumptions_for(Look(administrator, timezone.now()))

    given = {"target_days", "annual_due_month", "annual_due_day"}
    settings = [one for one in found if one.url.endswith("/change/")]
    assert len(settings) == len(set(setting_names()) - given)
    assert all(one.name and one.value and one.says for one in settings)
    assert Regulation.objects.get().number in str(found[0].value)  # continued beyond its years


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [
        # session, person, offices, menu; outbox 2, attempts, numbers; regulation; clock;
        # oldest due; jobs; backups (on PostgreSQL its size besides); imports 2
        ("administration", 15),
        ("assumptions", 5),
        ("deliveries", 6),  # kinds, rows
        ("sign-ins", 9),  # attempts, sign-ins, their names, without password, sessions
    ],
)
def test_queries_of_administration_do_not_grow(
    client, administrator, name, queries, count, django_assert_num_queries
):
    for _row in range(count):
        mail(DeliveryState.FAILED)
        PersonFactory(password="")
    if name == "administration" and connection.vendor == "postgresql":
        queries += 1
    with django_assert_num_queries(queries):
        client.get(reverse(f"accounts:{name}"))
