"""The app's name and key type."""

from django.apps import AppConfig


class PostsConfig(AppConfig):
    """Posts and their sections."""

    name = "posts"
