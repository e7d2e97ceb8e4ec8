"""What no library does for us with an answer on its way out."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.remembering import begin_generation

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
