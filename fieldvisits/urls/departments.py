"""The department's quarter, and dossiers."""

from django.urls import URLPattern, path

from fieldvisits.views import dossiers, nudges, quarters, steps

urlpatterns: list[URLPattern] = [
    path("quarter/", quarters.quarter_home, name="quarter-home"),
    path(
        "quarter/<str:code>/<str:quarter>/", quarters.department_quarter, name="department-quarter"
    ),
    path(
        "quarter/<str:code>/<str:quarter>/meeting/",
        quarters.dossier_meeting,
        name="dossier-meeting",
    ),
    path(
        "quarter/<str:code>/<str:quarter>/ad-hoc/", quarters.quarter_ad_hoc, name="quarter-ad-hoc"
    ),
    path("quarter/<str:code>/<str:quarter>/agree/", quarters.plan_agree_all, name="plan-agree-all"),
    path("dossiers/", dossiers.dossier_list, name="dossier-list"),
    path("dossiers/<int:pk>/", dossiers.dossier_detail, name="dossier-detail"),
    path("dossiers/<int:pk>/nudge/", nudges.paper_nudge, {"path": "dossier"}, name="dossier-nudge"),
    path(
        "dossiers/<int:pk>/steps/<slug:name>/",
        steps.step,
        {"path": "dossier"},
        name="dossier-step",
    ),
]
