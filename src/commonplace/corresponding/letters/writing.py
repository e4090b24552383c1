"""A letter as a mail program reads it: plain text and HTML that say the same, laid with its thread, easy to stop."""

import re
from email.utils import formataddr, parseaddr
from functools import cache
from pathlib import Path
from typing import Any

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities import zones
from commonplace.communities.models import Installation, Person
from commonplace.corresponding.letters import place, stopping, wishes
from commonplace.corresponding.letters.composing import Said, first, said_in
from commonplace.corresponding.letters.quoting import paragraphs
from commonplace.corresponding.models import Letter
from commonplace.untrusted.visible import one_line

LONGEST_SUBJECT, MOST = 150, 15
LOOKS = Path(__file__).parent / "letter.css"


def written(letter: Letter) -> EmailMultiAlternatives | None:
    """In its reader's language and by their clocks; nothing if there is nothing to say. Who they are is asked anew:
    it was claimed with many, and those before it took their time."""
    letter.person = person = Person.objects.get(pk=letter.person_id)
    language = person.language or settings.LANGUAGE_CODE
    with translation.override(language), timezone.override(zones.clocks(person.time_zone)):
        content = said_in(letter)
        return _message(content) if content else None


def _message(content: Said) -> EmailMultiAlternatives:
    page = _page(content)
    kind = "digest" if content.is_digest else "at_once"
    text = render_to_string(f"corresponding/letters/{kind}.text.jinja", page)
    html = render_to_string(f"corresponding/letters/{kind}.html.jinja", page)
    message = EmailMultiAlternatives(
        page["subject"], _spaced(text), _sender(), [str(content.letter.person.email)],
        headers=_headers(content, page["stop"]),
    )  # fmt: skip
    message.attach_alternative(_inliner().inline(html), "text/html")
    return message


def _spaced(text: str) -> str:
    """One empty line at the most."""
    return re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n"


def _page(content: Said) -> dict[str, Any]:
    return {
        "groups": content.groups[:MOST],
        "further": len(content.groups[MOST:]),
        "notices": place.to("notices"),
        "group": content.groups[0],
        "line": first(content.groups),
        "paragraphs": paragraphs(content.quoted),
        "subject": subject(content),
        "absolute": place.absolute,
        "one_line": one_line,
        "stop": place.to("stop_letters", stopping.sealed(_kind(content))),
        "language": translation.get_language(),
    }


def subject(content: Said) -> str:
    """The thread's title, and no more: by it, too, mail programs lay letters together."""
    title = one_line(content.groups[0].named.title)[:LONGEST_SUBJECT]
    more = len(content.groups) - 1
    if not content.is_digest:
        return title
    if not more:
        return _("New for you: %(title)s") % {"title": title}
    words = ngettext("New for you: %(title)s, and %(n)s more", "New for you: %(title)s, and %(n)s more", more)
    return words % {"title": title, "n": more}


def _headers(content: Said, stop: str) -> dict[str, str]:
    name = "digest"
    headers = {
        "Message-ID": content.letter.message_id,
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": stopping.ONE_CLICK,
    }
    if not content.is_digest:
        group = content.groups[0]
        name, thread = group.community.slug, place.thread_id(group.thread.name, group.id)
        headers |= {"References": thread, "In-Reply-To": thread}
    return {**headers, "List-Id": f"<{name}.{place.host()}>"}


def _kind(content: Said) -> stopping.Kind:
    person, group = content.letter.person_id, content.groups[0]
    if content.is_digest:
        return stopping.Kind(person)
    return stopping.Kind(person, group.community.pk, wishes.kind_of(group.thread.name))


def _sender() -> str:
    """The installation's own name before the address that the operator gave."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or Installation.current().name, address))


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True, extra_css=LOOKS.read_text())
