"""A post, and sections that belong to it. In: what the admin's forms give. Out: rows."""

from django.core.exceptions import ValidationError
from django.db import models


class Post(models.Model):
    """A post of the blog. Its body is Markdown and must not be empty."""

    title = models.CharField(max_length=200)
    body = models.TextField()
    notes = models.TextField(blank=True)

    def __str__(self):
        return self.title

    def clean(self):
        """What only the server checks."""
        if self.title.strip().lower() == "untitled":
            raise ValidationError({"title": "Give the post a title of its own."})


class Section(models.Model):
    """More text of a post, in a row of its own."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE)
    text = models.TextField()

    def __str__(self):
        return self.text[:40]
