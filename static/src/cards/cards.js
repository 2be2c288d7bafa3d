import { registry } from "@web/core/registry";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { kanbanView } from "@web/views/kanban/kanban_view";

/**
 * Cards whose groups keep the order that they are asked for in. Odoo's begin with the group without
 * a value, since elsewhere it is what has yet to be sorted; here it is walk-ins, which are seldom
 * the largest.
 */
export class CardsRenderer extends KanbanRenderer {
    getGroupsOrRecords() {
        const all = super.getGroupsOrRecords();
        const { list } = this.props;
        if (!list.isGrouped) {
            return all;
        }
        const place = new Map(list.groups.map(({ id }, index) => [id, index]));
        return all.sort((left, right) => place.get(left.group.id) - place.get(right.group.id));
    }
}

export const cardsView = { ...kanbanView, Renderer: CardsRenderer };

registry.category("views").add("customer_sales_kanban", cardsView);
