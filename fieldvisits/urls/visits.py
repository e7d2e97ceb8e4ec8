"""/visits/"""

from django.urls import include, path

from fieldvisits.views import amendments, nudges, steps, visits

# /visits/<pk>/
visit_urls = [
    path("", visits.visit_detail, name="visit-detail"),
    path("report/", visits.visit_report, name="visit-report"),
    path("amend/", amendments.visit_amend, name="visit-amend"),
    path("wish/", amendments.visit_wish, name="visit-wish"),
    path("wish/refuse/", amendments.wish_answer, {"answer": "refuse"}, name="visit-wish-refuse"),
    path(
        "wish/withdraw/", amendments.wish_answer, {"answer": "withdraw"}, name="visit-wish-withdraw"
    ),
    path("kind/", amendments.visit_reclassify, name="visit-reclassify"),
    path("nudge/", nudges.paper_nudge, {"path": "visit"}, name="visit-nudge"),
    path("steps/<slug:name>/", steps.step, {"path": "visit"}, name="visit-step"),
]

urlpatterns = [
    path("visits/", visits.visit_list, name="visit-list"),
    path("visits/accept/", visits.visit_accept_all, name="visit-accept-all"),
    path("visits/<int:pk>/", include(visit_urls)),
]
