"""A number inside a text, as the reader's language writes it."""


def number_text(env, number: float) -> str:
    """``number`` with the language's separators and as many decimals as it has, as ``1,234.5``."""
    languages = env["res.lang"].sudo()
    language = languages._lang_get(env.lang or "en_US") or languages.search([], limit=1)
    if isinstance(number, int):
        return language.format("%d", number, grouping=True)
    decimals = len(repr(round(number, 6)).partition(".")[2]) if number % 1 else 0
    return language.format(f"%.{decimals}f", number, grouping=True)
