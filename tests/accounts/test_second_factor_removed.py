"""A lost second factor: removed by an administrator, with a reason, on record."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command

from accounts.actions.second_factor import remove_second_factor
from accounts.choices import EventKind
from tests.factories.accounts import PersonFactory, make_administrator
from tests.factories.sign_in import code_now, give_app, give_code, give_password, is_signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return make_administrator(full_name="Lê Thị Quản Trị")


@pytest.fixture
def person():
    person = PersonFactory()
    give_app(person)
    return person


def page_of(person):
    return f"/organisation/people/{person.pk}/second-factor/"


def test_administrator_removes_everything_and_it_stands_on_record(client, administrator, person):
    client.force_login(administrator)

    answer = client.post(page_of(person), {"reason": "Mất điện thoại, đã gọi xác nhận"})

    assert answer.url == page_of(person)
    assert person.authenticator_set.count() == 0
    event = person.account_events.get()
    assert (event.kind, event.by, event.note) == (
        EventKind.FACTOR_REMOVED, administrator, "Mất điện thoại, đã gọi xác nhận",
    )  # fmt: skip
    assert "Mất điện thoại" in person.inbox_items.get().body
    assert "Mất điện thoại" in client.get(page_of(person)).content.decode()


def test_person_signs_in_by_password_again(client, administrator, person):
    remove_second_factor(person, by=administrator, reason="Mất điện thoại")

    give_password(client, person)

    assert is_signed_in(client)


def test_every_session_ends_since_the_telephone_may_be_in_other_hands(
    client, administrator, person
):
    give_password(client, person)
    give_code(client, code_now())
    assert client.get("/me/").status_code == 200

    remove_second_factor(person, by=administrator, reason="Mất điện thoại")

    assert client.get("/me/").status_code == 302


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_without_a_reason_nothing_is_removed(client, administrator, person, reason):
    client.force_login(administrator)

    assert client.post(page_of(person), {"reason": reason}).status_code == 200
    with pytest.raises(ValidationError):
        remove_second_factor(person, by=administrator, reason=reason)

    assert person.authenticator_set.count() == 2


def test_pressed_twice_it_is_on_record_once(administrator, person):
    remove_second_factor(person, by=administrator, reason="Mất điện thoại")

    with pytest.raises(ValidationError):
        remove_second_factor(person, by=administrator, reason="Mất điện thoại")

    assert person.account_events.count() == 1


def test_nobody_else_removes_or_sees_it(client, person):
    colleague = PersonFactory()
    client.force_login(colleague)

    assert client.get(page_of(person)).status_code == 404
    assert client.post(page_of(person), {"reason": "x"}).status_code == 404
    with pytest.raises(PermissionDenied):
        remove_second_factor(person, by=colleague, reason="x")
    assert person.authenticator_set.count() == 2


def test_administrator_does_not_remove_their_own(client, administrator):
    give_app(administrator)
    client.force_login(administrator)

    client.post(page_of(administrator), {"reason": "x"})

    assert administrator.authenticator_set.count() == 2
    assert "Quản trị khác" in client.get(page_of(administrator)).content.decode()


def test_only_administrator_who_lost_it_is_helped_from_the_command_line(administrator, capsys):
    give_app(administrator)

    call_command("remove_second_factor", email=administrator.email, reason="Mất điện thoại")

    assert administrator.account_events.get().by is None
    with pytest.raises(CommandError):
        call_command("remove_second_factor", email=administrator.email, reason="Lần nữa")
    with pytest.raises(CommandError):
        call_command("remove_second_factor", email="nobody@example.org", reason="x")
