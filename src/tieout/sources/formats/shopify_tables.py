"""Columns that tables of Shopify's API have in common, whoever lands them."""

from __future__ import annotations

_ALWAYS = "admin_graphql_api_id deleted_at deleted_description deleted_message shop_url"


def money_sets(names: str) -> str:
    """The columns of amounts that Shopify states in two currencies: as one object, and as Fivetran parts it."""
    ends = [f"_{kind}_{part}" for kind in ("shop", "pres") for part in ("amount", "currency_code")]
    return " ".join(name + end for name in names.split() for end in ("", *ends))


def known_columns(text: str, sets: str = "") -> str:
    """``text`` with what any table may have, and the columns of ``sets`` of amounts."""
    return f"{_ALWAYS} {text} {money_sets(sets)}"
