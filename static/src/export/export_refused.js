import { WarningDialog } from "@web/core/errors/error_dialogs";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/** Nothing went wrong: the user lacks a right, and is told whom to ask. */
export class ExportRefusedDialog extends WarningDialog {
    inferTitle() {
        return _t("Exporting Is Not Allowed");
    }
}

registry
    .category("error_dialogs")
    .add(
        "odoo.addons.customer_sales_report.tools.export_refused.ExportRefused",
        ExportRefusedDialog
    );
