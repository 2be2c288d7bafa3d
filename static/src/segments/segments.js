import { Component, onWillDestroy, onWillStart, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { formatInteger, formatMonetary } from "@web/views/fields/formatters";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { EXPORT } from "../export/export_menu";
import { mayCampaign, newCampaign } from "../campaign/campaign_menu";
import { formatShare } from "../percent/percent_field";
import { RefreshState } from "../profile/refresh_state";

const MODEL = "customer.sales.profile";
const SCORES = [1, 2, 3, 4, 5];

/** The segments with what each comes to, and the grid of scores R and FM that makes them. */
export class Segments extends Component {
    static template = "customer_sales_report.Segments";
    static components = { Layout, Dropdown, DropdownItem, RefreshState };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.scores = SCORES;
        this.state = useState({ data: null, measure: "customers", isEditing: false });
        onWillStart(async () => {
            const mayExport = user.hasGroup("base.group_allow_export");
            await this.load();
            this.mayExport = await mayExport;
        });
        onWillDestroy(() => (this.isGone = true));
    }

    async load() {
        [this.state.data, this.mayCampaign] = await Promise.all([
            this.orm.call(MODEL, "segments_overview", []),
            mayCampaign(),
        ]);
    }

    get display() {
        return { controlPanel: {} };
    }

    get isEmpty() {
        return !this.state.data.segments.some((segment) => segment.customers);
    }

    money(amount) {
        const { currency_id: currencyId } = this.state.data;
        return formatMonetary(amount, { currencyId, digits: [16, 0] });
    }

    percent(share) {
        return formatShare(share);
    }

    shown(row) {
        const value = row[this.state.measure];
        return this.state.measure === "net" ? this.money(value) : formatInteger(value);
    }

    get total() {
        const sum = (name) =>
            this.state.data.segments.reduce((total, segment) => total + segment[name], 0);
        return { customers: sum("customers"), net: sum("net") };
    }

    cell(r, fm) {
        return this.state.data.cells.find((cell) => cell.r === r && cell.fm === fm);
    }

    segment(id) {
        return this.state.data.segments.find((segment) => segment.id === id);
    }

    /** How strong the color of a cell is: by its share of the largest one. */
    strength(cell) {
        const { measure, data } = this.state;
        const largest = Math.max(...data.cells.map((each) => each[measure]), 0);
        return largest > 0 ? Math.max(cell[measure], 0) / largest : 0;
    }

    title(cell) {
        return _t("R %(r)s, FM %(fm)s: %(segment)s", {
            r: cell.r,
            fm: cell.fm,
            segment: this.segment(cell.segment_id)?.name,
        });
    }

    async openCustomers(name, domain) {
        const action = await this.action.loadAction(
            "customer_sales_report.action_customer_sales_profile"
        );
        if (!this.isGone) {
            await this.action.doAction({ ...action, display_name: name, domain });
        }
    }

    exportWorkbook() {
        return this.action.doAction(EXPORT, {
            additionalContext: {
                active_model: MODEL,
                active_domain: [],
                active_ids: [],
                title: _t("Segments"),
                view_type: "segments",
            },
        });
    }

    openSegment(segment) {
        return this.openCustomers(segment.name, [["segment_id", "=", segment.id]]);
    }

    campaign(segment) {
        return newCampaign(this.orm, this.action, MODEL, [["segment_id", "=", segment.id]]);
    }

    openCell(cell) {
        return this.openCustomers(this.title(cell), [
            ["r_score", "=", cell.r],
            ["fm_score", "=", cell.fm],
        ]);
    }

    async giveCell(cell, segment) {
        await this.orm.write("customer.sales.segment.cell", [cell.id], { segment_id: segment.id });
        cell.segment_id = segment.id;
        this.notification.add(_t("Customers change their segment with the next refresh."), {
            type: "info",
        });
    }
}

registry.category("actions").add("customer_sales_report.segments", Segments);
