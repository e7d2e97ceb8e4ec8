"""The pages of invitations: the administrator's, and those that a link opens to strangers."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.actions import account
from accounts.choices import InvitationWay
from accounts.models import Invitation, Person
from tests.factories.accounts import DepartmentFactory, PersonFactory, appoint, make_administrator
from tests.factories.links import (
    PASSWORD,
    invited,
    mailed_link,
    newcomer,
    token_in,
)

pytestmark = pytest.mark.django_db
SIGN_IN = "allauth.account.auth_backends.AuthenticationBackend"
LIST = "/organisation/invitations/"


@pytest.fixture
def administrator():
    return make_administrator()


@pytest.fixture
def office(client, administrator):
    """The browser of the administrator."""
    client.force_login(administrator, backend=SIGN_IN)
    return client


def seen_on(page):
    return re.search(r'name="seen" value="(\w+)"', page.content.decode())[1]


def chosen(**other):
    return {"new_password1": PASSWORD, "new_password2": PASSWORD} | other


def accept_path(person, by, way=InvitationWay.SLIP):
    return f"/invitation/{token_in(invited(person, by=by, way=way).link)}/"


def test_link_from_the_mail_leads_to_the_desk(office, administrator):
    person = newcomer(full_name="Lê Thị Diệp")
    ask = office.get(f"{LIST}invite/", {"people": person.pk})
    answer = office.post(f"{LIST}invite/?people={person.pk}", {"seen": seen_on(ask)}, follow=True)
    assert "Lê Thị Diệp" in answer.content.decode()
    stranger = Client()
    path = "/" + mailed_link(person.email).partition("/invitation/")[1].strip("/")
    path += "/" + token_in(mailed_link(person.email)) + "/"

    assert "Lê Thị Diệp" in stranger.get(path).content.decode()
    assert Invitation.objects.get().used_at is None  # looking uses nothing up
    desk = stranger.post(path, chosen(), follow=True)

    assert desk.redirect_chain[-1][0] == "/"
    assert desk.context["user"] == person


def test_links_that_open_nothing_lead_to_one_page(client, administrator):
    used, replaced, old = (newcomer() for _ in range(3))
    paths = {"mutated": "/invitation/abc.def/"}
    paths["used"] = accept_path(used, administrator)
    Client().post(paths["used"], chosen())
    paths["replaced"] = accept_path(replaced, administrator)
    invited(replaced, by=administrator)
    with time_machine.travel(timezone.now() - timedelta(days=8), tick=False):
        paths["old"] = accept_path(old, administrator)

    answers = [client.get(path) for path in paths.values()]
    answers += [client.post(path, chosen()) for path in paths.values()]

    assert {answer.status_code for answer in answers} == {404}
    pages = {re.sub(r"csrf\S+ \S+|X-CSRFToken\S+ \S+", "", a.content.decode()) for a in answers}
    assert len({re.sub(r'value="[^"]*"|Token[^>]*', "", page) for page in pages}) == 1
    assert not any(person.full_name in page for page in pages for person in (used, old))


def test_closed_account_is_not_signed_in(client, administrator):
    person = newcomer()
    path = accept_path(person, administrator)
    Person.objects.filter(pk=person.pk).update(is_active=False)

    assert client.post(path, chosen()).status_code == 404
    assert "_auth_user_id" not in client.session


def test_what_is_wrong_with_a_password_stands_at_its_field(client, administrator):
    path = accept_path(newcomer(email=None), administrator)

    for sent in ({"email": ""}, chosen(new_password2="khác hẳn"), chosen(email="no address")):
        answer = client.post(path, sent)
        assert answer.status_code == 422
        assert answer.context["form"].errors
    assert Invitation.objects.get().used_at is None


def test_address_taken_is_refused_and_the_link_stays(client, administrator):
    PersonFactory(email="co@example.org")
    path = accept_path(newcomer(email=None), administrator)

    taken = client.post(path, chosen(email="co@example.org"))

    assert (taken.status_code, "email" in taken.context["form"].errors) == (422, True)
    assert client.post(path, chosen(email="moi@example.org")).status_code == 302


def test_log_says_no_link_that_still_works(client, administrator, caplog):
    """As the handler of the settings leaves it; without its filter the link stands there."""
    path = accept_path(newcomer(), administrator)

    assert client.post(path, chosen(new_password2="khác hẳn")).status_code == 422

    assert "Unprocessable Entity: /invitation/…/" in caplog.text
    assert token_in(path) not in caplog.text


def test_trying_links_is_limited(client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"invitation": "3/m/ip"}

    statuses = [client.get(f"/invitation/a.{n}/").status_code for n in range(5)]

    assert statuses == [404, 404, 404, 429, 429]


def test_slips_are_shown_once(office, settings):
    people = [newcomer(email=None, full_name=name) for name in ("Lê Ân", "Đỗ Văn Dũng")]
    address = f"{LIST}slips/?" + "&".join(f"people={one.pk}" for one in people)
    seen = seen_on(office.get(address))

    page = office.post(address, {"seen": seen}).content.decode()
    again = office.post(address, {"seen": seen})

    tokens = re.findall(r'class="slip-link">\S+/invitation/(\S+?)/<', page)
    assert (page.count('<svg class="qr"'), len(set(tokens))) == (2, 2)
    assert f'<p class="slip-agency">{settings.AGENCY_NAME}</p>' in page
    assert (again.status_code, "slip-link" in again.content.decode()) == (409, False)
    assert Client().get(f"/invitation/{tokens[0]}/").status_code == 200


def test_no_page_of_the_administrator_shows_a_link(office, administrator):
    person = newcomer()
    invited(person, by=administrator)
    token = token_in(mailed_link(person.email))

    for path in (LIST, f"{LIST}?format=csv", f"/organisation/people/{person.pk}/account/"):
        answer = office.get(path)
        parts = answer.streaming_content if answer.streaming else [answer.content]
        body = b"".join(parts).decode()
        assert person.email in body
        assert token.partition(".")[0] not in body


def test_list_is_searched_without_diacritics_and_filtered(office, administrator):
    department = DepartmentFactory()
    wanted = newcomer(full_name="Đỗ Thị Đường")
    appoint(wanted, department=department)
    newcomer(full_name="Trần Thị Ánh", email=None)

    def names(**asked):
        page = office.get(LIST, asked)
        return [line.person.full_name for line in page.context["lines"]]

    assert names(text="do thi duong") == ["Đỗ Thị Đường"]
    assert names(place=department.pk) == ["Đỗ Thị Đường"]
    assert names(email="without") == ["Trần Thị Ánh"]
    assert names(state="otherwise") == [administrator.full_name]
    assert len(names(state="nonsense", place="nonsense")) == 3  # left out, never an error


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count_does_not_grow(office, count, django_assert_num_queries):
    department = DepartmentFactory()
    for _ in range(count):
        appoint(newcomer(), department=department)

    # Session, person, offices held; departments of the filter, people, newcomers twice; offices of
    # those shown, with the names of departments; messages unread, for the menu.
    with django_assert_num_queries(10):
        page = office.get(LIST)

    assert len(page.context["lines"]) == count + 1


def test_everybody_without_an_account_is_invited_with_a_result_each(office, administrator):
    department = DepartmentFactory()
    people = [newcomer() for _ in range(3)]
    for person in people:
        appoint(person, department=department)
    ask = office.get(f"{LIST}invite/?all=new")

    answer = office.post(f"{LIST}invite/?all=new", {"seen": seen_on(ask)}, follow=True)

    assert {row.person for row in Invitation.objects.all()} == set(people)
    assert [one["refusal"] for one in answer.context["lines"]] == [""] * 3
    assert {one["mail"].state for one in answer.context["lines"]} == {"pending"}


def test_account_page_is_for_administrators_alone(client, administrator):
    cadre = PersonFactory()
    appoint(cadre, department=DepartmentFactory())
    client.force_login(cadre, backend=SIGN_IN)

    for path in (LIST, f"{LIST}invite/", f"{LIST}slips/", f"{LIST}result/"):
        assert client.get(path).status_code == 404
    assert client.get(f"/organisation/people/{cadre.pk}/account/").status_code == 404


def test_closing_ends_every_session_for_good(client, administrator):
    person, other = PersonFactory(), Client()
    client.post("/accounts/login/", {"login": person.email, "password": "mat-khau"})
    assert client.get("/").status_code == 200
    other.force_login(administrator, backend=SIGN_IN)

    account.close(person, by=administrator, reason="Thôi việc")
    assert client.get("/").status_code == 302
    account.reopen(person, by=administrator, reason="Trở lại")

    assert client.get("/").status_code == 302  # the old session does not come back to life
    assert other.get("/").status_code == 200


def test_page_of_closing_does_what_it_said_not_the_opposite(office, administrator):
    person = PersonFactory()
    path = f"/organisation/people/{person.pk}/account/access/"
    for _ in range(2):  # another administrator was faster
        office.post(path, {"to": "closed", "reason": "Thôi việc"})

    person.refresh_from_db()
    assert not person.is_active
    assert person.account_events.filter(kind="closed").count() == 1


def test_nobody_closes_their_own_account(office, administrator):
    path = f"/organisation/people/{administrator.pk}/account/access/"

    assert office.post(path, {"to": "closed", "reason": "Thử"}).status_code == 403
    administrator.refresh_from_db()
    assert administrator.is_active
