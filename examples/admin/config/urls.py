"""The admin is the whole site."""

from django.contrib import admin
from django.urls import path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:posts_post_changelist")),
    path("admin/", admin.site.urls),
]
