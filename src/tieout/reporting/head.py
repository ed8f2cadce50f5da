"""The head of a page: warnings if there are any, whose page it is, and its conclusion."""

from __future__ import annotations

from markupsafe import Markup

from tieout.reporting.facts import Facts
from tieout.reporting.passage import Opening, paragraphs, prose
from tieout.reporting.trust import warnings


def head(facts: Facts, subject: str, headline: str, *parts: Markup) -> Opening:
    """The page's first passage: ``subject`` names the page, ``headline`` is what it concludes, ``parts`` follow."""
    alarms = warnings(facts)
    banner = Markup('<div class="banner" role="alert">{}</div>').format(paragraphs(*alarms)) if alarms else Markup("")
    label = facts.company.label("confidentiality")
    whose = f"{subject} · {label}" if label else subject
    header = Markup('<header><p class="masthead"><b>{}</b> · {}</p><h1>{}</h1>{}</header>').format(
        facts.company.name, whose, prose(headline), Markup("").join(parts)
    )
    return Opening(banner + header, headline, " ".join(alarms) or "Within limits; all proofs hold.")


def deck(sentence: str) -> Markup:
    """The sentence under the headline that says by how much and why."""
    return Markup('<p class="deck">{}</p>').format(prose(sentence))
