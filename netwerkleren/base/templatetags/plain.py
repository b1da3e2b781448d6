"""`{% translate %}`, `{% url %}` and `{% static %}` where they are plain, as they are nearly everywhere.

A page has a hundred of them, and Django's own took a third of the time of its template: each makes a lazy text first,
or finds a route anew whose address stays the same while a process runs. Whatever else they are asked they do as before.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django import template
from django.conf import settings
from django.template import Context, Node
from django.template.base import FilterExpression, Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.templatetags.i18n import TranslateNode, do_translate
from django.templatetags.static import StaticNode
from django.templatetags.static import static as static_file
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext

register = template.Library()


class PlainWords(Node):
    """A sentence that stands in the template itself: the words of its author, so nothing to escape."""

    child_nodelists = ()

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence

    def render(self, context: Context) -> Any:
        return gettext(self.sentence).replace("%%", "%")


class PlainFile(Node):
    """The address of a static file that stands in the template itself."""

    child_nodelists = ()

    def __init__(self, path: str) -> None:
        self.path = path

    def render(self, context: Context) -> Any:
        return _address_of_file(self.path, context.autoescape)


class PlainAddress(Node):
    """Of a page without arguments, with the keys of rows, or with words that stand in the template itself."""

    child_nodelists = ()

    def __init__(self, view: str, args: Sequence[FilterExpression], otherwise: URLNode) -> None:
        self.view = view
        self.args = args
        self.otherwise = otherwise

    def render(self, context: Context) -> Any:
        keys = tuple([arg.resolve(context) for arg in self.args])
        found = address_of(self.view, keys)
        if found is None:
            return self.otherwise.render(context)
        return conditional_escape(found) if context.autoescape else found


def address_of(view: str, keys: tuple[Any, ...]) -> str | None:
    """The address, remembered; None where it has other words in it than a template's own, which are SafeString.

    A token in an address is a secret, and other words have no end.
    """
    if not all([type(key) in (UUID, SafeString) for key in keys]):
        return None
    return _address(get_urlconf() or settings.ROOT_URLCONF, get_script_prefix(), view, keys)


@cache
def _address_of_file(path: str, is_html: bool) -> str:
    address = static_file(path)
    return conditional_escape(address) if is_html else address


@lru_cache(maxsize=4096)
def _address(urlconf: str, _prefix: str, view: str, keys: tuple[UUID | SafeString, ...]) -> str:
    return reverse(view, urlconf, args=keys)


def _constant(expression: FilterExpression) -> str | None:
    """What stands there between quotation marks; None where it is asked of the context, or goes through a filter."""
    text = expression.var if isinstance(expression.var, str) else getattr(expression.var, "literal", None)
    return text if isinstance(text, str) and not expression.filters else None


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    node: TranslateNode = do_translate(parser, token)
    sentence = _constant(node.filter_expression)
    if sentence is None or node.noop or node.asvar or node.message_context:
        return node
    return PlainWords(type(sentence)(sentence.replace("%", "%%")))


@register.tag
def url(parser: Parser, token: Token) -> Node:
    node = django_url(parser, token)
    view = _constant(node.view_name)
    return node if view is None or node.kwargs or node.asvar else PlainAddress(view, node.args, node)


@register.tag
def static(parser: Parser, token: Token) -> Node:
    node: Any = StaticNode.handle_token(parser, token)
    path = _constant(node.path)
    return node if path is None or node.varname else PlainFile(path)
