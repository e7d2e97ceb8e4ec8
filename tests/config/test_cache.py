"""Redis may be gone for good; nobody may notice more than slower limits."""

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from redis.exceptions import RedisError

NOBODY_LISTENS = "redis://127.0.0.1:1/0"


def use(settings, backend):
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": NOBODY_LISTENS}}


@pytest.fixture
def gone(settings):
    use(settings, "config.cache.ForgivingRedisCache")


def test_cache_without_redis_is_an_empty_one(gone):
    cache.set("key", 1)

    assert cache.get("key") is None
    assert cache.get("key", 7) == 7
    assert cache.add("key", 1)
    assert cache.incr("key") == 1
    assert cache.get_many(["key"]) == {}
    assert "key" not in cache


@pytest.mark.django_db
def test_sign_in_works_without_redis(gone, client):
    lan = get_user_model()(code="lan", email="lan@example.vn").describe("Nguyễn Thị Lan")
    lan.set_password("đúng-mật-khẩu-1")
    lan.save()

    data = {"login": lan.email, "password": "đúng-mật-khẩu-1"}
    assert client.post("/accounts/login/", data).status_code == 302


@pytest.mark.django_db
def test_plain_redis_cache_would_refuse_the_sign_in(settings, client):
    """The control: without our cache the same request is an error."""
    use(settings, "django.core.cache.backends.redis.RedisCache")

    with pytest.raises(RedisError):
        client.post("/accounts/login/", {"login": "lan@example.vn", "password": "x"})
