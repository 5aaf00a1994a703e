"""Markdown that people write, as HTML that is safe to show."""

from functools import lru_cache

import nh3
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "ul", "ol", "li", "blockquote"),
    *("strong", "em", "code", "pre", "a"),
}
# An h1 belongs to the page, so headings in a text start one level lower.
LEVELS = {"h1": "h2", "h2": "h3", "h3": "h4"}

_parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image")


def render_markdown(text):
    """Safe HTML of a Markdown text: no images, no raw HTML, links to http, https,
    mailto and tel only."""
    tokens = _parser.parse(text or "")
    for token in tokens:
        token.tag = LEVELS.get(token.tag, token.tag)
    html = _parser.renderer.render(tokens, _parser.options, {})
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(clean)


@lru_cache(maxsize=256)  # a charter has thirteen texts, in each of its languages
def render_public(text):
    """The same for words that many people read, such as a charter's; drawn once by each
    process, and kept in its memory: not for anybody's private ones."""
    return render_markdown(text)
