"""Django's own change form, with Markdown in two places: a field of the post, and one of each inline row."""

from django import forms
from django.contrib import admin

from .models import Post, Section
from .widgets import MarkdownField


class PostForm(forms.ModelForm):
    """The post's own fields; `notes` keeps the admin's plain textarea."""

    body = MarkdownField()


class SectionForm(forms.ModelForm):
    """One inline row."""

    text = MarkdownField()


class SectionInline(admin.StackedInline):
    """Rows that can be added in the page."""

    model = Section
    form = SectionForm
    extra = 1


@admin.register(Post)
class PostAdmin(admin.ModelAdmin):
    """Posts."""

    form = PostForm
    inlines = [SectionInline]

    class Media:
        js = [forms.widgets.Script("posts/change_form.js", type="module")]
