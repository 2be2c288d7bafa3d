import { Component } from "@odoo/owl";
import { AutoComplete } from "@web/core/autocomplete/autocomplete";
import { registry } from "@web/core/registry";
import { TagsList } from "@web/core/tags_list/tags_list";
import { useChildRef, useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The comma, and the Arabic one */
const COMMAS = /[,،]/;

/** Cities with commas between them, as tags; those that exist are suggested. */
export class CitiesField extends Component {
    static template = "customer_sales_report.CitiesField";
    static components = { AutoComplete, TagsList };
    static props = { ...standardFieldProps, placeholder: { type: String, optional: true } };

    setup() {
        this.orm = useService("orm");
        this.inputRef = useChildRef();
    }

    get cities() {
        const text = this.props.record.data[this.props.name] || "";
        return text
            .split(COMMAS)
            .map((city) => city.trim())
            .filter(Boolean);
    }

    get tags() {
        return this.cities.map((city) => ({
            id: city,
            text: city,
            onDelete: () => this.keep(this.cities.filter((each) => each !== city)),
        }));
    }

    get sources() {
        return [{ options: (request) => this.suggest(request) }];
    }

    async suggest(request) {
        const { resModel, context } = this.props.record;
        const cities = await this.orm.silent.call(resModel, "suggest_cities", [request], {
            context,
        });
        return cities
            .filter((city) => !this.cities.includes(city))
            .map((city) => ({ label: city, onSelect: () => this.add(city) }));
    }

    add(city) {
        return this.keep([...new Set([...this.cities, city])]);
    }

    /** What was typed counts as well, though it was not chosen among the suggestions. */
    onBlur({ inputValue }) {
        const typed = inputValue.split(COMMAS).map((city) => city.trim());
        this.inputRef.el.value = "";
        if (typed.some(Boolean)) {
            this.keep([...new Set([...this.cities, ...typed.filter(Boolean)])]);
        }
    }

    keep(cities) {
        return this.props.record.update({ [this.props.name]: cities.join(", ") || false });
    }
}

registry.category("fields").add("customer_sales_cities", {
    component: CitiesField,
    supportedTypes: ["char"],
    extractProps: ({ placeholder }) => ({ placeholder }),
});
