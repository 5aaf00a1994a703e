"""Django's `url` tag, from memory where it can be; built into every template."""

from html import escape
from uuid import UUID

from django import template
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.urls import NoReverseMatch

from mentorship.ui.addresses import address

register = template.Library()


@register.tag
def url(parser, token):
    """{% url "pairing:pair" pair.pk %}, as ever."""
    node = django_url(parser, token)
    return Url(node.view_name, node.args, node.kwargs, node.asvar)


class Url(URLNode):
    """An address; Django itself finds those that hold more than keys, or are none."""

    def render(self, context):
        keys = [one.resolve(context) for one in self.args]
        if self.kwargs or not all(isinstance(key, UUID) for key in keys):
            return super().render(context)
        try:
            found = address(self.view_name.resolve(context), *keys)
        except NoReverseMatch:
            return super().render(context)
        if self.asvar:
            context[self.asvar] = found
            return ""
        return escape(found)
