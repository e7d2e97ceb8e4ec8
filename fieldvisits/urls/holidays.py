"""/organisation/holidays/"""

from django.urls import path

from fieldvisits.views import holidays

urlpatterns = [path("organisation/holidays/", holidays.holidays, name="holidays")]
