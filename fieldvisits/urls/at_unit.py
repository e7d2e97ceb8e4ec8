"""/notices/, /confirmations/ and what units and visitors write"""

from django.urls import include, path

from fieldvisits.views import confirmations, steps, unit_notices, unit_words

# /notices/<pk>/
notice_urls = [
    path("", unit_notices.notice_detail, name="notice-detail"),
    path("answer/", unit_notices.notice_answer, name="notice-answer"),
    path("steps/<slug:name>/", steps.step, {"path": "unit_notice"}, name="notice-step"),
]

# /confirmations/<pk>/
confirmation_urls = [
    path("", confirmations.confirmation_detail, name="confirmation-detail"),
    path("answer/", confirmations.confirmation_answer, name="confirmation-answer"),
    path("reply/", confirmations.confirmation_reply, name="confirmation-reply"),
    path("steps/<slug:name>/", steps.step, {"path": "confirmation"}, name="confirmation-step"),
]

urlpatterns = [
    path("notices/", unit_notices.notice_list, name="notice-list"),
    path("notices/<int:pk>/", include(notice_urls)),
    path("confirmations/", confirmations.confirmation_list, name="confirmation-list"),
    path("confirmations/ask/", confirmations.confirmation_ask, name="confirmation-ask"),
    path("confirmations/<int:pk>/", include(confirmation_urls)),
    path("visits/<int:pk>/remark/", unit_words.remark_add, name="remark-add"),
    path("remarks/<int:pk>/pass-on/", unit_words.remark_pass_on, name="remark-pass-on"),
    path("units/<int:pk>/overview/", unit_words.overview_write, name="overview-write"),
]
