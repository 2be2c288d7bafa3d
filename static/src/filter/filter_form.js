import { useEffect, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { FormRenderer } from "@web/views/form/form_renderer";
import { formView } from "@web/views/form/form_view";

/** Whether a field of the dialog asks for anything. */
export function isAsked(value) {
    if (value?.currentIds) {
        return value.currentIds.length > 0;
    }
    if (value && typeof value === "object" && !value.isLuxonDateTime) {
        return Object.values(value).some((choice) => choice?.checked);
    }
    return Boolean(value) && value !== "[]";
}

/** Its pages have a mark where something is asked for on them. */
export class FilterFormRenderer extends FormRenderer {
    setup() {
        super.setup();
        const root = useRef("compiled_view_root");
        const marks = useState({ pages: "" });
        const pages = [...this.props.archInfo.xmlDoc.querySelectorAll("page[marked]")].map(
            (page) => ({
                name: page.getAttribute("name"),
                fields: [...page.querySelectorAll("field[name]")].map((field) =>
                    field.getAttribute("name")
                ),
            })
        );
        useRecordObserver((record) => {
            const asked = pages.filter(({ fields }) =>
                fields.some((name) => isAsked(record.data[name]))
            );
            marks.pages = asked.map(({ name }) => name).join();
        });
        useEffect(
            (el, marked) => {
                for (const { name } of pages) {
                    const tab = el?.querySelector(`.o_notebook .nav-link[name="${name}"]`);
                    const isMarked = marked.split(",").includes(name);
                    tab?.classList.toggle("o_customer_sales_asked", isMarked);
                    tab?.toggleAttribute("title", isMarked);
                    if (isMarked) {
                        tab?.setAttribute("title", _t("Something is chosen here"));
                    }
                }
            },
            () => [root.el, marks.pages]
        );
    }
}

registry.category("views").add("customer_sales_filter_form", {
    ...formView,
    Renderer: FilterFormRenderer,
});
