/**
 * An arrangement is what a layout says of a list's columns, in their order. It may name columns
 * that the list does not have (any more, or for this user); they keep their place in it.
 *
 * @typedef {{
 *  name: string,
 *  label: string | false, false for the field's own
 *  is_shown: boolean, otherwise it is optional
 *  is_totalled: boolean,
 * }} ArrangedColumn
 */

/** The column that the view shows where several companies are selected, and layouts too. */
export const COMPANY = "company_id";

const SUMMABLE_TYPES = ["integer", "float", "monetary"];

/** Whether a column of a list is the user's to arrange, unlike buttons and handles. */
export const isArrangeable = (column) =>
    column.type === "field" && column.hasLabel && column.widget !== "handle";

/**
 * Whether the values of a column can be added up. Averages and ratios cannot.
 *
 * @param {Object} column a column of a list
 * @param {Object} fields the list's fields by name
 */
export function isSummable(column, fields) {
    const field = fields[column.name];
    return (
        SUMMABLE_TYPES.includes(field.type) &&
        (field.aggregator === "sum" || Boolean(column.attrs?.sum))
    );
}

/**
 * @param {Object[]} columns columns of a list
 * @param {(column: Object) => boolean} isShown
 * @returns {ArrangedColumn[]}
 */
export const arrangementOf = (columns, isShown) =>
    columns.filter(isArrangeable).map((column) => ({
        name: column.name,
        label: false,
        is_shown: isShown(column),
        is_totalled: Boolean(column.attrs?.sum),
    }));

/**
 * The columns of a list as arranged. Those that are not in the arrangement come behind it, hidden
 * until they are ticked in the column menu; but the company shows by itself where the view says so.
 *
 * @param {Object[]} columns columns of a list
 * @param {ArrangedColumn[]} arrangement
 * @param {Object} fields the list's fields by name
 * @returns {Object[]} `columns` itself if the arrangement has none of them
 */
export function arrange(columns, arrangement, fields) {
    const arrangeable = new Map();
    for (const column of columns.filter(isArrangeable)) {
        if (!arrangeable.has(column.name)) {
            arrangeable.set(column.name, column);
        }
    }
    const arranged = [];
    for (const { name, label, is_shown, is_totalled } of arrangement) {
        const column = arrangeable.get(name);
        if (!column) {
            continue;
        }
        arrangeable.delete(name);
        const summable = isSummable(column, fields);
        const attrs = { ...column.attrs };
        delete attrs.sum;
        if (summable && is_totalled) {
            attrs.sum = column.attrs?.sum || column.label;
        }
        arranged.push({
            ...column,
            attrs,
            label: label || column.label,
            optional: is_shown ? "show" : "hide",
        });
    }
    if (!arranged.length) {
        return columns;
    }
    const isHandle = (column) => column.widget === "handle";
    const beside = [...arrangeable.values()].map((column) => ({
        ...column,
        optional: (column.name === COMPANY && column.optional) || "hide",
        isBesideLayout: true,
    }));
    return [
        ...columns.filter(isHandle),
        ...arranged,
        ...beside,
        ...columns.filter((column) => !isHandle(column) && !isArrangeable(column)),
    ];
}

/** How wide the first column of a grouped list is where an amount follows it. */
const GROUP_NAME_WIDTH = "240px";

/**
 * In a grouped list the group's name takes the columns before the first amount. So an amount does
 * not come first there, and a column that is alone before the amounts gets room.
 *
 * @param {Object[]} columns the columns shown
 * @param {(column: Object) => boolean} isAmount
 * @returns {Object[]}
 */
export function withRoomForGroupNames(columns, isAmount) {
    const first = columns.find((column) => !isAmount(column));
    const others = columns.filter((column) => column !== first);
    if (!first || !others.length || !isAmount(others[0])) {
        return columns;
    }
    return [{ ...first, attrs: { ...first.attrs, width: GROUP_NAME_WIDTH } }, ...others];
}

/**
 * @param {Object[]} columns the columns shown
 * @param {Object} widths name of a column -> pixels that its amounts need
 * @returns {Object[]} `columns` itself where none needs more
 */
export function withRoomForAmounts(columns, widths) {
    if (!columns.some(({ name }) => widths[name])) {
        return columns;
    }
    return columns.map((column) =>
        widths[column.name]
            ? { ...column, attrs: { ...column.attrs, width: `${widths[column.name]}px` } }
            : column
    );
}

/**
 * @param {ArrangedColumn[]} arrangement
 * @param {string} name the column to move
 * @param {string | undefined} previous the column to put it behind; none for the first place
 * @returns {ArrangedColumn[]}
 */
export function moveBehind(arrangement, name, previous) {
    const moved = arrangement.find((column) => column.name === name);
    const others = arrangement.filter((column) => column !== moved);
    const index = previous ? others.findIndex((column) => column.name === previous) + 1 : 0;
    return others.toSpliced(index, 0, moved);
}

/**
 * @param {string} name
 * @param {string[]} taken
 * @returns {string} the name, with a number if it is taken
 */
export function freeName(name, taken) {
    const names = new Set(taken.map((each) => each.trim().toLowerCase()));
    let free = name;
    for (let number = 2; names.has(free.trim().toLowerCase()); number++) {
        free = `${name} ${number}`;
    }
    return free;
}
