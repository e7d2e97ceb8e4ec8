"""/programme/"""

from django.urls import URLPattern, URLResolver, include, path

from fieldvisits.views import programme

# /programme/<pk>/
activity_urls = [
    path("", programme.activity_detail, name="activity-detail"),
    path("edit/", programme.activity_edit, name="activity-edit"),
    path("close/", programme.activity_close, name="activity-close"),
    path("remove/", programme.activity_remove, name="activity-remove"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("programme/", programme.programme, name="programme"),
    path("programme/new/", programme.activity_new, name="activity-new"),
    path("programme/<int:pk>/", include(activity_urls)),
]
