"""What no library does for us with an answer on its way out."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse

from accounts.remembering import begin_generation
from accounts.sign_in.second_factor import still_owes_one

Next = Callable[[HttpRequest], HttpResponse]


def no_store(get_response: Next) -> Next:
    """Keep every page out of browser and proxy caches, errors included.

    Whoever sits down at a shared computer after a colleague may not page back into
    their papers. Static files are answered before this and stay cacheable.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer


def say_not_allowed(get_response: Next) -> Next:
    """Give an address that only takes forms a page of its own, not an empty one.

    People get there with the back button, or by reloading after a session ran out.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            page = render(request, "405.html", status=response.status_code)
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response

    return answer


def count_anew(get_response: Next) -> Next:
    """Let the menu count again after whatever may have written something."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_refused = response.status_code >= HTTPStatus.BAD_REQUEST
        if request.method not in ("GET", "HEAD", "OPTIONS") and not is_refused:
            begin_generation()
        return response

    return answer


# What somebody may open who has to set up a second factor first.
ON_THE_WAY_TO_IT = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "account_logout",
    "set_language",
    "health",
}


def second_factor_first(get_response: Next) -> Next:
    """Lead whoever has to have a second factor to setting it up, whatever they open.

    Before anything is looked at: a page that does not exist leads there as well, and a form
    that was sent changes nothing.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        person = request.user
        if person.is_authenticated and not _is_on_the_way(request) and still_owes_one(person):
            if request.headers.get("HX-Request"):
                return HttpResponse(headers={"HX-Redirect": reverse("mfa_index")})
            return redirect("mfa_index")
        return get_response(request)

    return answer


def _is_on_the_way(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).url_name in ON_THE_WAY_TO_IT
    except Resolver404:
        return False
