import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { patch } from "@web/core/utils/patch";
import { CustomFavoriteItem } from "@web/search/custom_favorite_item/custom_favorite_item";
import { Component, useState } from "@odoo/owl";

/** The layouts to switch between, in the list's column menu; a star marks the default. */
export class LayoutMenu extends Component {
    static template = "customer_sales_report.LayoutMenu";
    static components = { DropdownItem };
    static props = { layouts: Object };

    setup() {
        this.layouts = useState(this.props.layouts);
    }

    get choices() {
        const { own, shared } = this.layouts;
        const withHeading = (layouts, heading) =>
            layouts.map((layout, index) => ({ ...layout, heading: !index && heading }));
        return [
            { id: false, name: _t("Standard") },
            ...withHeading(own, _t("My layouts")),
            ...withHeading(shared, _t("Shared layouts")),
        ];
    }

    defaultHint({ id }) {
        return id === this.layouts.defaultId
            ? _t("This list opens with these columns")
            : _t("Open this list with these columns");
    }
}

/** In the cog menu of every list whose columns can be arranged. */
class CustomizeColumns extends Component {
    static template = "customer_sales_report.CustomizeColumns";
    static components = { DropdownItem };
    static props = {};
}

registry.category("cogMenu").add(
    "customer-sales-customize-columns",
    {
        Component: CustomizeColumns,
        groupNumber: 20,
        isDisplayed: (env) => Boolean(env.columnLayouts) && env.config.viewType === "list",
    },
    { sequence: 20 }
);

// A favorite may carry the layout that the list shows when the favorite is saved.
export const favoritePatch = {
    setup() {
        super.setup();
        if (this.env.columnLayouts) {
            this.columnLayouts = useState(this.env.columnLayouts);
        }
    },
};

patch(CustomFavoriteItem.prototype, favoritePatch);
