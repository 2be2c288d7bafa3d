import { CheckBox } from "@web/core/checkbox/checkbox";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { fuzzyLookup } from "@web/core/utils/search";
import { useSortable } from "@web/core/utils/sortable_owl";
import { Component, onPatched, onWillDestroy, onWillStart, useRef, useState } from "@odoo/owl";
import { freeName, isArrangeable, isSummable, moveBehind } from "./arrangement";

/**
 * Arranges the columns of a list: what is available on one side, what is chosen on the other.
 * The list shows every change at once; closing without saving takes them back.
 */
export class LayoutPanel extends Component {
    static template = "customer_sales_report.LayoutPanel";
    static components = { CheckBox, Dialog };
    static props = {
        close: Function,
        layouts: Object,
        list: Object,
    };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.layouts = useState(this.props.layouts);
        this.companies = user.allowedCompanies.length > 1 ? user.activeCompanies : [];
        this.chosenRef = useRef("chosen");
        this.state = useState({ query: "", announcement: "" });
        this.readActive();
        onWillDestroy(() => (this.isGone = true));
        onWillStart(async () => {
            Object.assign(
                this,
                await this.orm.call(this.layouts.resModel, "get_column_groups", [])
            );
        });
        useSortable({
            ref: this.chosenRef,
            elements: ".o_customer_sales_chosen",
            handle: ".o_customer_sales_handle",
            cursor: "grabbing",
            onDrop: ({ element, previous }) =>
                this.setColumns(
                    moveBehind(
                        this.state.columns,
                        element.dataset.name,
                        previous?.dataset.name
                    )
                ),
        });
        onPatched(() => {
            const row = this.rowToShow && this.rowOf(this.rowToShow);
            if (row) {
                row.scrollIntoView({ block: "nearest" });
                if (this.isFocusMoved) {
                    row.querySelector(".o_customer_sales_handle").focus();
                }
            }
            this.rowToShow = null;
            this.isFocusMoved = false;
        });
    }

    /** Start from the layout that the list shows. */
    readActive() {
        const { active, activeId, defaultId, newName } = this.layouts;
        const columns = this.props.list.arrangement;
        Object.assign(this.state, {
            name: active?.is_editable ? active.name : newName,
            isShared: Boolean(active?.is_editable && !active.is_own),
            companyId: (active?.is_editable && active.company_id) || false,
            isDefault: activeId === defaultId,
            columns,
        });
        this.initial = JSON.stringify(columns);
    }

    get isEditable() {
        return Boolean(this.layouts.active?.is_editable);
    }

    // ---------------------------------------------------------------------------------------
    // What is available
    // ---------------------------------------------------------------------------------------

    get choosable() {
        return this.props.list.choosableColumns.filter(isArrangeable);
    }

    /** The columns under their headings, as far as they match what is searched. */
    get available() {
        const { query } = this.state;
        const found = query
            ? fuzzyLookup(query, this.choosable, ({ label }) => label)
            : this.choosable;
        const keyOf = ({ name }) => this.group_of[name.split(".")[0]];
        return this.groups
            .map(([key, heading]) => ({
                key,
                heading,
                columns: found.filter((column) => keyOf(column) === key),
            }))
            .filter(({ columns }) => columns.length);
    }

    isChosen(name) {
        return this.state.columns.some((column) => column.name === name);
    }

    // ---------------------------------------------------------------------------------------
    // What is chosen
    // ---------------------------------------------------------------------------------------

    /** Those of the layout's columns that the list has, with what the view says of them. */
    get chosen() {
        const columnOf = new Map(this.choosable.map((column) => [column.name, column]));
        return this.state.columns
            .filter(({ name }) => columnOf.has(name))
            .map((arranged) => {
                const column = columnOf.get(arranged.name);
                return {
                    ...arranged,
                    ownLabel: column.label,
                    isSummable: isSummable(column, this.props.list.fields),
                    ariaLabels: {
                        move: _t("Move %s", column.label),
                        heading: _t("Heading of %s", column.label),
                        remove: _t("Take out %s", column.label),
                    },
                };
            });
    }

    setColumns(columns) {
        this.state.columns = columns;
        this.layouts.draft = columns;
    }

    toggle(column) {
        const { name, label, attrs } = column;
        if (this.isChosen(name)) {
            this.remove(name);
            return;
        }
        this.setColumns([
            ...this.state.columns,
            { name, label: false, is_shown: true, is_totalled: Boolean(attrs?.sum) },
        ]);
        this.rowToShow = name;
        this.state.announcement = _t("%s added at the end", label);
    }

    remove(name) {
        this.setColumns(this.state.columns.filter((column) => column.name !== name));
    }

    /** Take a column out; the focus goes on to the next one. */
    removeAndGoOn(name) {
        const names = this.chosen.map((column) => column.name);
        const index = names.indexOf(name);
        this.remove(name);
        this.focusSoon(names[index + 1] || names[index - 1]);
    }

    change(name, values) {
        this.setColumns(
            this.state.columns.map((column) =>
                column.name === name ? { ...column, ...values } : column
            )
        );
    }

    changeLabel({ name, ownLabel }, label) {
        this.change(name, { label: label.trim() === ownLabel ? false : label.trim() || false });
    }

    /** Arrow keys, Home and End on a column's handle move the column; Delete takes it out. */
    onHandleKeydown(ev, name) {
        const names = this.chosen.map((column) => column.name);
        const index = names.indexOf(name);
        const target = {
            ArrowUp: index - 1,
            ArrowDown: index + 1,
            Home: 0,
            End: names.length - 1,
        }[ev.key];
        if (ev.key === "Delete") {
            this.removeAndGoOn(name);
        } else if (target in names) {
            const others = names.filter((each) => each !== name);
            this.setColumns(moveBehind(this.state.columns, name, others[target - 1]));
            this.focusSoon(name);
            this.state.announcement = _t("Place %(place)s of %(count)s", {
                place: target + 1,
                count: names.length,
            });
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    focusSoon(name) {
        this.rowToShow = name;
        this.isFocusMoved = true;
    }

    rowOf(name) {
        return this.chosenRef.el?.querySelector(`[data-name="${name}"]`);
    }

    // ---------------------------------------------------------------------------------------
    // Keeping it
    // ---------------------------------------------------------------------------------------

    get values() {
        const { name, isShared, companyId, isDefault, columns } = this.state;
        const values = {
            name: name.trim(),
            is_shared: isShared,
            company_id: companyId,
            is_default: isDefault,
        };
        const isChanged = JSON.stringify(columns) !== this.initial;
        // What a layout got from the app is not written into it as long as nobody changes it.
        return isChanged || !this.isEditable ? { ...values, columns } : values;
    }

    async save() {
        await this.layouts.save(this.values, this.isEditable && this.layouts.activeId);
        this.close();
    }

    /** Nothing is left to close when the server answers after that. */
    close() {
        if (!this.isGone) {
            this.props.close();
        }
    }

    async saveAsNew() {
        const { active, own, shared } = this.layouts;
        const taken = (this.state.isShared ? shared : own).map(({ name }) => name);
        const { name } = this.values;
        const isSameName = active && name === active.name;
        await this.layouts.save(
            {
                ...this.values,
                columns: this.state.columns,
                name: isSameName ? freeName(name, taken) : name,
            },
            false
        );
        this.close();
    }

    delete() {
        const { id, name } = this.layouts.active;
        this.dialog.add(ConfirmationDialog, {
            title: _t("Delete layout"),
            body: this.state.isShared
                ? _t("“%s” is taken from everybody who uses it.", name)
                : _t("“%s” is deleted. The list itself stays as it is.", name),
            confirmLabel: _t("Delete"),
            confirm: async () => {
                await this.layouts.delete(id);
                this.close();
            },
            cancel: () => {},
        });
    }

    /** As shipped: at once what cannot be saved here, and the rest to be saved. */
    async reset() {
        const { active } = this.layouts;
        if (active?.is_own) {
            this.setColumns(this.props.list.shipped);
            return;
        }
        this.layouts.draft = null;
        if (active?.is_changed && active.is_editable) {
            await this.layouts.reset(active.id);
        }
        this.close();
    }
}
