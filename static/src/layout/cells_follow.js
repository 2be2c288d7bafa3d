const UNSETTLED = "o_customer_sales_unsettled";

/**
 * While the heading of a column is dragged, the cells stay under their headings: Odoo's sortable
 * moves a place holder among the headings alone. All is back in its place when the drag ends, before
 * the list is drawn in its new order.
 */
export class CellsFollow {
    /**
     * @param {HTMLTableElement} table of which the drag has just begun
     * @param {HTMLElement} dragged the heading; its place holder stands where it was
     */
    constructor(table, dragged) {
        this.head = table.tHead.rows[0];
        this.headNodes = [...this.head.childNodes];
        // In its row it would go on taking a column of its own.
        table.parentElement.append(dragged);
        this.before = [...this.head.cells];
        this.rows = [...table.tBodies, table.tFoot]
            .flatMap((part) => [...(part?.rows || [])])
            .map((row) => ({ row, nodes: [...row.childNodes], cells: cellsByColumn(row) }));
    }

    update() {
        const order = [...this.head.cells].map((header) => this.before.indexOf(header));
        for (const { row, cells } of this.rows) {
            const arranged = order.map((column) => cells[column]);
            const distinct = arranged.filter((cell, index) => cell !== arranged[index - 1]);
            // A group's name spans several columns; where it would be torn, its row waits.
            const isTorn = new Set(distinct).size !== distinct.length;
            row.classList.toggle(UNSETTLED, isTorn);
            if (!isTorn) {
                row.append(...distinct.filter(Boolean));
            }
        }
    }

    end() {
        this.head.append(...this.headNodes);
        for (const { row, nodes } of this.rows) {
            row.classList.remove(UNSETTLED);
            // unless the row was drawn anew meanwhile
            if (nodes.every((node) => node.parentNode === row)) {
                row.append(...nodes);
            }
        }
    }
}

/** The cell of each column; one that spans several is that of each of them. */
function cellsByColumn(row) {
    return [...row.cells].flatMap((cell) => Array(cell.colSpan).fill(cell));
}
