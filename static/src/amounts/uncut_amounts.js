import { useEffect } from "@odoo/owl";
import { withRoomForAmounts } from "../layout/arrangement";

const WIDEST = 240; // pixels

/** The room that a cell has for what it holds. */
function widthInside(cell) {
    const { paddingLeft, paddingRight } = getComputedStyle(cell);
    return cell.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
}

/** How wide what an element holds is: to the fraction of a pixel, which may cost a digit. */
function widthOfContents(element) {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getBoundingClientRect().width;
}

/** For lists whose amounts, and the headings above them, are never cut. */
export const withUncutAmounts = (Renderer) =>
    class extends Renderer {
        setup() {
            super.setup();
            this.amountWidths = {};
            useEffect(() => this.makeRoomForAmounts());
        }

        getActiveColumns() {
            return withRoomForAmounts(super.getActiveColumns(), this.amountWidths || {});
        }

        /**
         * Amounts are never cut: Odoo makes room for a million, and a column gets more where one of its
         * amounts or totals, or a word of its heading, needs it. Nor are document numbers, which a
         * column's option `uncut` says; they would all begin alike.
         */
        makeRoomForAmounts() {
            const table = this.tableRef.el;
            const headers = [...(table?.querySelectorAll("thead th[data-name]") || [])];
            let grew = false;
            const make = ({ dataset: { name } }, needed) => {
                const width = Math.ceil(Math.min(needed, WIDEST) + 1);
                if (width > (this.amountWidths[name] || 0)) {
                    this.amountWidths[name] = width;
                    grew = true;
                }
            };
            for (const header of headers) {
                const label = header.querySelector(".o_list_number_th");
                const missing = label ? widthOfContents(label) - label.clientWidth : 0;
                if (missing > 0) {
                    make(header, widthInside(header) + missing);
                }
            }
            const uncut = this.columns.filter(({ options }) => options?.uncut);
            const cells = ["td.o_list_number", ...uncut.map(({ name }) => `td[name="${name}"]`)];
            for (const cell of table?.querySelectorAll(cells.join()) || []) {
                const width = widthOfContents(cell);
                if (width <= widthInside(cell)) {
                    continue;
                }
                const { left, right } = cell.getBoundingClientRect();
                const middle = (left + right) / 2;
                const header = headers.find((each) => {
                    const edges = each.getBoundingClientRect();
                    return edges.left <= middle && middle <= edges.right;
                });
                if (header) {
                    make(header, width);
                }
            }
            if (grew) {
                this.columns = this.getActiveColumns();
                this.columnWidths.resetWidths();
            }
        }
    };
