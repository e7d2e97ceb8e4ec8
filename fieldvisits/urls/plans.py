"""/plans/"""

from django.urls import URLPattern, URLResolver, include, path

from fieldvisits.views import nudges, plan_rows, plans, repeats, steps, teams

# /plans/<pk>/visits/<visit_pk>/
row_urls = [
    path("", plan_rows.visit_edit, name="visit-edit"),
    path("remove/", plan_rows.visit_remove, name="visit-remove"),
    path("repeat/", repeats.visit_repeat, name="visit-repeat"),
    path("team/", teams.visit_team, name="visit-team"),
]

# /plans/<pk>/
plan_urls: list[URLPattern | URLResolver] = [
    path("", plans.plan_detail, name="plan-detail"),
    path("standing/", plans.plan_standing, name="plan-standing"),
    path("copy/", plans.plan_copy, name="plan-copy"),
    path("visits/add/", plan_rows.visit_add, name="visit-add"),
    path("visits/<int:visit_pk>/", include(row_urls)),
    path("nudge/", nudges.paper_nudge, {"path": "plan"}, name="plan-nudge"),
    path("steps/<slug:name>/", steps.step, {"path": "plan"}, name="plan-step"),
]

urlpatterns = [
    path("plans/", plans.plan_index, name="plan-list"),
    path("plans/open/", plans.plan_open, name="plan-open"),
    path("plans/<int:pk>/", include(plan_urls)),
    path("invitations/<int:pk>/", teams.invitation, name="invitation"),
]
