"""A number inside a text, as the reader's language writes it."""

from odoo.tools.misc import formatLang, get_lang

# What stands between these reads from left to right, also in a text that does not.
_LEFT_TO_RIGHT, _END = "\u2066", "\u2069"


def number_text(env, number: float) -> str:
    """``number`` with the language's separators and as many decimals as it has, as ``1,234.5``."""
    languages = env["res.lang"].sudo()
    language = languages._lang_get(env.lang or "en_US") or languages.search([], limit=1)
    if isinstance(number, int):
        return language.format("%d", number, grouping=True)
    decimals = len(repr(round(number, 6)).partition(".")[2]) if number % 1 else 0
    return language.format(f"%.{decimals}f", number, grouping=True)


def amount_text(env, amount: float, currency) -> str:
    """``amount`` with the currency where the currency has it, as ``1,234.50 SR``."""
    return left_to_right(env, currency.format(amount))


def percent_text(env, share: float) -> str:
    """``share``, of 1, in percent with one decimal, as ``12.5%``."""
    return left_to_right(env, f"{formatLang(env, 100 * share, digits=1)}%")


def left_to_right(env, text: str) -> str:
    """``text``, kept from being turned round in languages that read from right to left: in these,
    ``≥ 5`` would look like ``5 ≤``."""
    is_turned = get_lang(env).direction == "rtl"
    return f"{_LEFT_TO_RIGHT}{text}{_END}" if is_turned else text


def without_directions(text: str) -> str:
    """``text`` for the name of a file, which has no use for directions."""
    return text.replace(_LEFT_TO_RIGHT, "").replace(_END, "")
