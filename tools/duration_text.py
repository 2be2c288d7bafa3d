"""A number of days inside a text, in the plural that the reader's language has for so many."""

from datetime import timedelta

from babel.dates import format_timedelta

from odoo.tools.misc import babel_locale_parse, get_lang

# In days, however many they are
_IN_DAYS = {"granularity": "day", "threshold": float("inf")}


def duration_text(env, days: int) -> str:
    """``days``, as ``6 days``."""
    return format_timedelta(timedelta(days=days), locale=_locale(env), **_IN_DAYS)


def days_ago_text(env, days: int) -> str:
    """So many ``days`` before today, as ``6 days ago``."""
    if days < 1:
        return env._("today")
    if days == 1:
        return env._("yesterday")
    ago = timedelta(days=-days)
    return format_timedelta(ago, add_direction=True, locale=_locale(env), **_IN_DAYS)


def _locale(env):
    return babel_locale_parse(get_lang(env).code)
