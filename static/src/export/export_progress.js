import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatInteger } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component, onMounted, onWillDestroy, useState } from "@odoo/owl";

const SECONDS = 1.5;
const UNFINISHED = ["waiting", "running"];

/** How far an export is: a bar with the rows done and left, which moves by itself. */
export class ExportProgress extends Component {
    static template = "customer_sales_report.ExportProgress";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        const { state, row_count, rows_done, rows_left } = this.props.record.data;
        this.job = useState({
            state,
            row_count,
            rows_done,
            rows_left,
            progress: this.props.record.data[this.props.name],
        });
        onMounted(() => this.wait());
        onWillDestroy(() => {
            this.isGone = true;
            clearTimeout(this.timer);
        });
    }

    wait() {
        if (UNFINISHED.includes(this.job.state)) {
            this.timer = setTimeout(() => this.refresh(), SECONDS * 1000);
        }
    }

    async refresh() {
        const { resModel, resId } = this.props.record;
        const job = await this.orm.silent.call(resModel, "progress_of", [resId]);
        if (this.isGone) {
            return;
        }
        Object.assign(this.job, job);
        if (UNFINISHED.includes(this.job.state)) {
            this.wait();
        } else {
            await this.props.record.load();
        }
    }

    get isReading() {
        return this.job.state === "running" && !this.job.rows_done;
    }

    /** All rows are written; totals by customer may follow, and then the file is compressed. */
    get isPacking() {
        return this.job.state === "running" && this.job.rows_done > 0 && !this.job.rows_left;
    }

    get percent() {
        return Math.round(this.job.progress);
    }

    rows(number) {
        return formatInteger(number);
    }
}

export const exportProgress = {
    component: ExportProgress,
    supportedTypes: ["float"],
    fieldDependencies: [
        { name: "state", type: "selection" },
        { name: "row_count", type: "integer" },
        { name: "rows_done", type: "integer" },
        { name: "rows_left", type: "integer" },
    ],
};

registry.category("fields").add("customer_sales_export_progress", exportProgress);
