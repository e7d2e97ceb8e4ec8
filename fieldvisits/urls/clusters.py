"""/clusters/"""

from django.urls import URLPattern, URLResolver, include, path

from fieldvisits.views import clusters

# /clusters/<pk>/
cluster_urls = [
    path("", clusters.cluster_detail, name="cluster-detail"),
    path("edit/", clusters.cluster_edit, name="cluster-edit"),
    path("join/", clusters.cluster_join, name="cluster-join"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("clusters/", clusters.cluster_list, name="cluster-list"),
    path("clusters/new/", clusters.cluster_new, name="cluster-new"),
    path("clusters/members/<int:pk>/", clusters.cluster_leave, name="cluster-leave"),
    path("clusters/<int:pk>/", include(cluster_urls)),
]
