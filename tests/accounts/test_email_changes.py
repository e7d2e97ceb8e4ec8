"""A new address: asked for by the person and confirmed from it, or entered by the administrator."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from accounts.actions import account
from accounts.actions.invitations import accept
from accounts.actions.messages import deliver_due
from accounts.choices import InvitationWay
from accounts.models import EmailChange
from tests.factories.accounts import PersonFactory, make_administrator
from tests.factories.links import (
    PASSWORD,
    invited,
    mailed_link,
    newcomer,
    token_in,
)

pytestmark = pytest.mark.django_db
SIGN_IN = "allauth.account.auth_backends.AuthenticationBackend"
ASK = {"email": "Moi@Example.org", "password": "mat-khau"}


@pytest.fixture
def person(client):
    person = PersonFactory(email="cu@example.org", full_name="Lê Thị Diệp")
    client.force_login(person, backend=SIGN_IN)
    return person


def told():
    deliver_due(now=timezone.now())
    return {one.to[0] for one in mail.outbox}


def test_new_address_counts_from_the_link_on(client, person):
    assert client.post("/me/email/", ASK).status_code == 302
    person.refresh_from_db()
    assert (person.email, told()) == ("cu@example.org", {"cu@example.org", "moi@example.org"})
    path = f"/email/{token_in(mailed_link('moi@example.org'))}/"
    mail.outbox.clear()
    stranger = Client()

    assert "moi@example.org" in client.get("/me/").content.decode()
    assert stranger.get(path).status_code == 200
    assert EmailChange.objects.get().used_at is None
    stranger.post(path)

    person.refresh_from_db()
    assert (person.email, told()) == ("moi@example.org", {"cu@example.org", "moi@example.org"})
    assert stranger.get(path).status_code == 404
    assert "_auth_user_id" not in stranger.session
    notes = list(person.account_events.order_by("pk").values_list("kind", "note"))
    assert notes == [
        ("email_asked", "moi@example.org"),
        ("email_changed", "cu@example.org → moi@example.org"),
    ]


def test_link_to_the_new_address_does_not_go_to_the_old_one(client, person):
    client.post("/me/email/", ASK)
    deliver_due(now=timezone.now())

    bodies = {one.to[0]: one.body for one in mail.outbox}
    assert "/email/" in bodies["moi@example.org"]
    assert "/email/" not in bodies["cu@example.org"].replace("/me/email/", "")


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"password": "sai"}, "password"),
        ({"email": "CU@example.org"}, "email"),
        ({"email": "co@example.org"}, "email"),
        ({"email": "không phải"}, "email"),
    ],
)
def test_refusal_stands_at_its_field(client, person, sent, field):
    PersonFactory(email="co@example.org")

    answer = client.post("/me/email/", ASK | sent)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not EmailChange.objects.exists()


def test_address_taken_meanwhile_is_refused(person):
    account.ask_for_address(person, by=person, email="moi@example.org", password="mat-khau")
    token = token_in(mailed_link("moi@example.org"))
    PersonFactory(email="moi@example.org")

    with pytest.raises(ValidationError):
        account.confirm_address(token)
    assert Client().post(f"/email/{token}/").status_code == 422


def test_asking_again_replaces_the_earlier_link(person):
    for address in ("mot@example.org", "hai@example.org"):
        account.ask_for_address(person, by=person, email=address, password="mat-khau")

    assert account.confirm_address(token_in(mailed_link("mot@example.org"))) is None
    assert account.confirm_address(token_in(mailed_link("hai@example.org"))) == person


def test_nobody_asks_for_somebody_else(person):
    with pytest.raises(PermissionDenied):
        account.ask_for_address(person, by=make_administrator(), email="x@example.org", password="")


def test_administrator_changes_an_address_with_a_reason(client):
    administrator, person = make_administrator(), newcomer(email="cu@example.org")
    link = invited(person, by=administrator, way=InvitationWay.SLIP).link
    client.force_login(administrator, backend=SIGN_IN)
    path = f"/organisation/people/{person.pk}/account/email/"

    assert client.post(path, {"email": "moi@example.org", "reason": ""}).status_code == 422
    client.post(path, {"email": "moi@example.org", "reason": "Đổi hộp thư cơ quan"})

    person.refresh_from_db()
    assert (person.email, told()) == ("moi@example.org", {"cu@example.org", "moi@example.org"})
    event = person.account_events.get(kind="email_changed")
    assert (event.by, "Đổi hộp thư" in event.note) == (administrator, True)
    assert accept(token_in(link), password=PASSWORD) is None
