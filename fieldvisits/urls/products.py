"""/products/"""

from django.urls import include, path

from fieldvisits.views import nudges, products, steps

# /products/<pk>/
product_urls = [
    path("", products.product_detail, name="product-detail"),
    path("write/", products.product_write, name="product-write"),
    path("files/<int:file_pk>/", products.product_file, name="product-file"),
    path("files/<int:file_pk>/remove/", products.product_file_remove, name="product-file-remove"),
    path("nudge/", nudges.paper_nudge, {"path": "product"}, name="product-nudge"),
    path("steps/<slug:name>/", steps.step, {"path": "product"}, name="product-step"),
]

urlpatterns = [
    path("products/", products.product_list, name="product-list"),
    path("products/<int:pk>/", include(product_urls)),
]
