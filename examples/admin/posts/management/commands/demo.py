"""`manage.py demo`: a person who may do everything (admin, password admin) and a post to look at, where there is none."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand

from posts.models import Post

BODY = """\
A post in **Markdown**, as Jekyll's kramdown reads it.

| Field    | What it is                  |
|----------|-----------------------------|
| `title`  | a plain input               |
| `body`   | this editor                 |
| `notes`  | the admin's own textarea    |

Text of people nobody trusts does nothing here: <img src="x" onerror="alert(1)">
"""


class Command(BaseCommand):
    """Makes what is missing."""

    help = "Makes the user admin with the password admin, and a post."

    def handle(self, *args, **options):
        users = get_user_model().objects
        if not users.filter(username="admin").exists():
            users.create_superuser("admin", password="admin")
        if not Post.objects.exists():
            post = Post.objects.create(title="A first post", body=BODY)
            post.section_set.create(text="## A section\n\nRows like this one are added in the page.\n")
