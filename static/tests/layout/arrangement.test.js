import { describe, expect, test } from "@odoo/hoot";
import {
    arrange,
    arrangementOf,
    freeName,
    moveBehind,
    withRoomForGroupNames,
} from "@customer_sales_report/layout/arrangement";

describe.current.tags("headless");

const FIELDS = {
    date: { type: "date" },
    city: { type: "char" },
    quantity: { type: "float", aggregator: "sum" },
    price: { type: "float", aggregator: "avg" },
};

const column = (name, values = {}) => ({
    id: `column_${name}`,
    type: "field",
    name,
    label: name.toUpperCase(),
    hasLabel: true,
    optional: "show",
    attrs: {},
    ...values,
});

const arranged = (name, values = {}) => ({
    name,
    label: false,
    is_shown: true,
    is_totalled: false,
    ...values,
});

const names = (columns) => columns.map(({ name }) => name);

test("columns come in the order of the arrangement, and then those it does not name", () => {
    const columns = arrange(
        [column("date"), column("city"), column("quantity")],
        [arranged("quantity"), arranged("date", { is_shown: false })],
        FIELDS
    );
    expect(names(columns)).toEqual(["quantity", "date", "city"]);
    expect(columns.map(({ optional }) => optional)).toEqual(["show", "hide", "hide"]);
    expect(columns.map(({ isBesideLayout }) => Boolean(isBesideLayout))).toEqual([
        false,
        false,
        true,
    ]);
});

test("what the list does not have is passed over, and a column comes once", () => {
    const columns = arrange(
        [column("date"), column("city")],
        [arranged("gone"), arranged("city"), arranged("city"), arranged("date")],
        FIELDS
    );
    expect(names(columns)).toEqual(["city", "date"]);
});

test("a list of which the arrangement names nothing stays as it is", () => {
    const columns = [column("date"), column("city")];
    expect(arrange(columns, [arranged("gone")], FIELDS)).toBe(columns);
    expect(arrange(columns, [], FIELDS)).toBe(columns);
});

test("handles stay first, buttons and columns without a heading last", () => {
    const handle = column("sequence", { widget: "handle" });
    const buttons = { id: "column_b", type: "button_group", name: "b" };
    const bare = column("bare", { hasLabel: false });
    const columns = arrange(
        [buttons, bare, handle, column("date"), column("city")],
        [arranged("city"), arranged("date")],
        FIELDS
    );
    expect(names(columns)).toEqual(["sequence", "city", "date", "b", "bare"]);
});

test("headings of the user's own", () => {
    const columns = arrange(
        [column("date"), column("city")],
        [arranged("date", { label: "Day" }), arranged("city")],
        FIELDS
    );
    expect(columns.map(({ label }) => label)).toEqual(["Day", "CITY"]);
});

test("sums are totalled as arranged; averages never", () => {
    const columns = arrange(
        [
            column("quantity", { attrs: { sum: "All" } }),
            column("price"),
            column("date"),
            column("city"),
        ],
        [
            arranged("quantity"),
            arranged("price", { is_totalled: true }),
            arranged("date", { is_totalled: true }),
        ],
        FIELDS
    );
    expect(columns.map(({ attrs }) => attrs.sum)).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
    ]);
    const [quantity] = arrange(
        [column("quantity")],
        [arranged("quantity", { is_totalled: true })],
        FIELDS
    );
    expect(quantity.attrs.sum).toBe("QUANTITY");
});

test("the view's own columns are left as they were", () => {
    const columns = [column("quantity", { attrs: { sum: "All" } })];
    arrange(columns, [arranged("quantity", { label: "Pieces" })], FIELDS);
    expect(columns).toEqual([column("quantity", { attrs: { sum: "All" } })]);
});

test("the arrangement of a list", () => {
    const buttons = { id: "column_b", type: "button_group", name: "b" };
    expect(
        arrangementOf(
            [column("date"), buttons, column("quantity", { attrs: { sum: "All" } })],
            ({ name }) => name === "date"
        )
    ).toEqual([
        arranged("date"),
        arranged("quantity", { is_shown: false, is_totalled: true }),
    ]);
});

test("moving a column takes along nothing else", () => {
    const arrangement = ["a", "b", "c", "d"].map((name) => arranged(name));
    expect(names(moveBehind(arrangement, "d", "a"))).toEqual(["a", "d", "b", "c"]);
    expect(names(moveBehind(arrangement, "a", "c"))).toEqual(["b", "c", "a", "d"]);
    expect(names(moveBehind(arrangement, "c", undefined))).toEqual(["c", "a", "b", "d"]);
    expect(names(moveBehind(arrangement, "b", "a"))).toEqual(["a", "b", "c", "d"]);
});

test("a name that is taken gets a number", () => {
    expect(freeName("My columns", [])).toBe("My columns");
    expect(freeName("My columns", ["my columns ", "My columns 2"])).toBe("My columns 3");
});

test("in a grouped list there is room for the groups' names", () => {
    const isAmount = ({ name }) => ["quantity", "price"].includes(name);
    const grouped = (...each) =>
        withRoomForGroupNames(
            each.map((name) => column(name)),
            isAmount
        );
    expect(names(grouped("quantity", "price", "city", "date"))).toEqual([
        "city",
        "quantity",
        "price",
        "date",
    ]);
    expect(grouped("quantity", "city")[0].attrs.width).toBe("240px");
    expect(grouped("city", "quantity")[0].attrs.width).toBe("240px");
    expect(grouped("city", "date", "quantity")[0].attrs.width).toBe(undefined);
    expect(names(grouped("quantity", "price"))).toEqual(["quantity", "price"]);
});
