"""/organisation/departments/, /organisation/units/: kept through time by the administrator."""

from django.urls import URLPattern, URLResolver, include, path

from accounts.views import reorganisation, through_time, time_events


def _events(kind: str, name: str) -> list[URLPattern]:
    """Below one of them: what happens to it."""
    told = {"kind": kind}
    return [
        path("", through_time.time_detail, told, name=name),
        path("rename/", time_events.time_rename, told, name=f"{name}-rename"),
        path("merge/", time_events.time_merge, told, name=f"{name}-merge"),
        path("end/", time_events.time_end, told, name=f"{name}-end"),
        path("undo/", time_events.time_undo, told, name=f"{name}-undo"),
    ]


def _all(kind: str, many: str, name: str) -> list[URLPattern | URLResolver]:
    told = {"kind": kind}
    return [
        path("", through_time.time_list, told, name=many),
        path("new/", time_events.time_new, told, name=f"{name}-new"),
        path("<int:pk>/", include(_events(kind, name))),
    ]


urlpatterns: list[URLPattern | URLResolver] = [
    path("departments/", include(_all("department", "departments", "department"))),
    path("units/", include(_all("unit", "units-admin", "unit-admin"))),
    path(
        "units/<int:pk>/successor/",
        time_events.unit_successor,
        name="unit-admin-successor",
    ),
    path("reorganisation/", reorganisation.reorganisation, name="reorganisation"),
]
