"""Colors of cells by how large their values are, as on the screen (``cell_colors.js``)."""

RGB = {"retention": (1, 126, 132), "segments": (113, 75, 103)}
FAINTEST, STRONGEST = 0.06, 0.85
# From here on, white is easier to read on the color than black.
NEEDS_WHITE = 0.55
# So many shades are told apart: each is a format that the workbook keeps.
SHADES = 40


def heat(value: float | None, largest: float, kind: str = "retention") -> dict[str, str]:
    """The look of a cell, as properties of xlsxwriter; none where there is nothing to show.

    :param largest: of the values that are compared
    :param kind: which color, of :data:`RGB`
    """
    if not value or value < 0 or largest <= 0:
        return {}
    share = round(SHADES * min(value / largest, 1)) / SHADES
    strength = FAINTEST + share * (STRONGEST - FAINTEST)
    parts = (round(255 - (255 - part) * strength) for part in RGB[kind])
    look = {"bg_color": "#{:02X}{:02X}{:02X}".format(*parts)}
    return {**look, "font_color": "#FFFFFF"} if strength > NEEDS_WHITE else look
