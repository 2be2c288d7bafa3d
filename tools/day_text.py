"""A day, or a range of days, inside a text, as the reader's language writes it."""

from datetime import date

from babel.dates import format_interval, format_skeleton

from odoo.tools.misc import babel_locale_parse, get_lang

SKELETON = "yMMMd"


def day_text(env, day: date) -> str:
    """``day`` with the month in letters, as ``Jul 1, 2026``."""
    return format_skeleton(SKELETON, day, locale=_locale(env))


def days_text(env, first: date, last: date) -> str:
    """The days from ``first`` to ``last``, as ``Jul 1 – Sep 30, 2026``; one day alone as one."""
    if first == last:
        return day_text(env, first)
    days = format_interval(first, last, SKELETON, locale=_locale(env))
    return days.replace("\N{THIN SPACE}", " ")  # which not every font and program knows


def _locale(env):
    return babel_locale_parse(get_lang(env).code)
