/**
 * A text on a canvas, or inside another, in the direction of its own first letter: "0.00 SR" on a
 * page from right to left too, and a name with its full stop at its end.
 */
export const isolated = (text) => `\u2068${text}\u2069`;

/** A number with a sign or unit, kept from being turned round: "−9.8 %". */
export const leftToRight = (text) => `\u2066${text}\u2069`;

const RIGHT_TO_LEFT_MARK = "\u200f";
const CODE = /^\[[^\]]*\]\s*/; // before the names of products
const FIRST_LETTER = /\p{L}/u;
const RIGHT_TO_LEFT = /\p{Script=Arabic}|\p{Script=Hebrew}/u;

/**
 * The direction of a text is that of its first letter; of a product with a Latin code before it,
 * that of its name.
 *
 * @param {string} text
 * @returns {string} the text, which may have a mark before it that is not seen
 */
export function withDirectionOfName(text) {
    const name = CODE.test(text) && text.replace(CODE, "");
    const letter = name && name.match(FIRST_LETTER)?.[0];
    return letter && RIGHT_TO_LEFT.test(letter) ? RIGHT_TO_LEFT_MARK + text : text;
}
