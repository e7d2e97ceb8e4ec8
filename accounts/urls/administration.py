"""/administration/: what an administrator looks after."""

from django.urls import path

from accounts.views import administration

urlpatterns = [
    path("", administration.administration, name="administration"),
    path("assumptions/", administration.assumptions, name="assumptions"),
    path("messages/", administration.deliveries, name="deliveries"),
    path("messages/again/", administration.delivery_retry, name="delivery-retry"),
    path("sign-ins/", administration.sign_ins, name="sign-ins"),
    path("sign-ins/unlock/", administration.unlock, name="unlock"),
]
