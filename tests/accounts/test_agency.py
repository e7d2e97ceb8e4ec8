"""The agency's own words: in force from a day, instead of the environment's."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.actions import agency as actions
from accounts.actions import messages
from accounts.agency import WORDS, Agency, agency_on, fallback
from accounts.models import AgencyVersion
from tests.factories.accounts import PersonFactory, make_administrator

pytestmark = pytest.mark.django_db

NEW_YEAR, SUMMER = date(2026, 1, 1), date(2026, 7, 1)


@pytest.fixture
def administrator(db):
    return make_administrator(full_name="Lê Quản Trị")


def version(starts_on=NEW_YEAR, **words):
    values = {name: getattr(fallback(), name) for name in WORDS}
    return AgencyVersion(starts_on=starts_on, **(values | words))


def describe(by, capture, **values):
    """With what follows the commit: the cache is told then."""
    seen = values.pop("seen", 0)
    with capture(execute=True):
        return actions.describe(version(**values), by=by, seen=seen)


def test_words_of_the_environment_stand_until_somebody_enters_others(settings):
    settings.AGENCY_NAME = "Tỉnh đoàn Lào Cai"

    assert agency_on(NEW_YEAR) == Agency(name="Tỉnh đoàn Lào Cai")
    assert not agency_on(NEW_YEAR).is_entered


def test_entered_words_stand_on_pages_and_in_mails(
    client, administrator, mailoutbox, django_capture_on_commit_callbacks
):
    describe(administrator, django_capture_on_commit_callbacks, name="Thành đoàn Huế")
    messages.notify(administrator, kind="remark", subject="Thử", key="x")

    messages.deliver_due(now=administrator.inbox_items.get().created_at)

    client.force_login(administrator)
    assert "<small>Thành đoàn Huế</small>" in client.get("/").content.decode()
    assert mailoutbox[0].subject == "[Thành đoàn Huế] Thử"


def test_without_telling_the_cache_the_old_words_would_stay(administrator):
    """The control: it is ``forget`` after the commit that lets pages read anew."""
    actions.describe(version(name="Thành đoàn Huế"), by=administrator, seen=0)

    assert agency_on(NEW_YEAR) == fallback()


def test_each_day_has_the_words_in_force_on_it(administrator, django_capture_on_commit_callbacks):
    for day, name in ((NEW_YEAR, "Cũ"), (SUMMER, "Mới")):
        describe(administrator, django_capture_on_commit_callbacks, starts_on=day, name=name)

    days = (date(2025, 5, 1), NEW_YEAR, date(2026, 6, 30), SUMMER)
    assert [agency_on(day).name for day in days] == ["Cũ", "Cũ", "Cũ", "Mới"]


def test_pressed_twice_makes_one_version(administrator):
    for _press in range(2):
        actions.describe(version(name="Một"), by=administrator, seen=0)

    assert AgencyVersion.objects.values_list("name", "revision").get() == ("Một", 1)


def test_what_has_not_been_read_is_not_saved_over(administrator):
    actions.describe(version(name="Một"), by=administrator, seen=0)
    actions.describe(version(name="Hai"), by=administrator, seen=1)

    with pytest.raises(ValidationError) as refusal:
        actions.describe(version(name="Ba"), by=administrator, seen=1)

    assert refusal.value.code == "stale"
    assert AgencyVersion.objects.get().name == "Hai"


def test_only_the_administrator_enters_them():
    with pytest.raises(PermissionDenied):
        actions.describe(version(), by=PersonFactory(), seen=0)
    assert not AgencyVersion.objects.exists()


@time_machine.travel("2026-03-17 09:00+07:00", tick=False)
def test_stale_form_shows_the_stored_words_and_can_be_sent_again(client, administrator):
    actions.describe(version(name="Một"), by=administrator, seen=0)
    client.force_login(administrator)
    form = {name: getattr(fallback(), name) for name in WORDS}
    form |= {"starts_on": "01/01/2026", "name": "Hai", "seen": "7"}

    answer = client.post(reverse("accounts:agency"), form)

    assert answer.status_code == 409
    assert "Một" in answer.content.decode()
    assert answer.context["form"]["seen"].value() == "1"
    assert client.post(reverse("accounts:agency"), form | {"seen": "1"}).status_code == 302
    assert AgencyVersion.objects.get().name == "Hai"
