/** Teal as in Odoo's own palette, legible in light and dark. */
const HEAT = [1, 126, 132];
const TONES = { better: [40, 167, 69], worse: [220, 53, 69], same: [108, 117, 125] };
const FAINTEST = 0.06;
const STRONGEST = 0.85;
/** From here on, white is easier to read on the color than black. */
const NEEDS_WHITE = 0.55;

/**
 * The color of a value in a heat map.
 *
 * @param {number} value
 * @param {number} largest of the values that are compared
 * @returns {{rgb: number[], strength: number}|null} null where there is nothing to show
 */
export function heat(value, largest) {
    if (!(value > 0) || !(largest > 0)) {
        return null;
    }
    const share = Math.min(value / largest, 1);
    return { rgb: HEAT, strength: FAINTEST + share * (STRONGEST - FAINTEST) };
}

/** The color of a move: `better`, `worse` or `same`. */
export function tone(move) {
    return move in TONES ? { rgb: TONES[move], strength: move === "same" ? 0.12 : 0.3 } : null;
}

/** As CSS, on whatever background the page has. */
export function toCss(color) {
    if (!color) {
        return "";
    }
    const text = color.strength > NEEDS_WHITE ? "color: white !important;" : "";
    return `background-color: rgba(${color.rgb.join(", ")}, ${color.strength}) !important;${text}`;
}

/** As a spreadsheet has it, on white: such as `017e84`. */
export function toHex(color) {
    return color.rgb
        .map((part) => Math.round(255 - (255 - part) * color.strength))
        .map((part) => part.toString(16).padStart(2, "0"))
        .join("");
}
