"""Markdown in a Django form. In: a form field's value. Out: Django's own textarea, wrapped in the custom element.

The textarea stays the form's field: names, values, errors, prefixes of formsets and all the rest are Django's.
"""

from django import forms
from django.forms.widgets import Script
from django.utils.html import format_html


class MarkdownEditor(forms.Textarea):
    """The textarea with an editor and its preview around it."""

    class Media:
        js = [Script("apercu/auto.js", type="module")]
        css = {"all": ["posts/editor.css"]}

    def render(self, *args, **kwargs):
        return format_html("<apercu-editor front-matter=\"off\">{}</apercu-editor>", super().render(*args, **kwargs))


class MarkdownField(forms.CharField):
    """Text as it was written: Django would take blanks and line ends away at both ends."""

    widget = MarkdownEditor

    def __init__(self, **kwargs):
        super().__init__(strip=False, **kwargs)
