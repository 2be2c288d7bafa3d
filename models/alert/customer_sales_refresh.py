from odoo import models

CRON = "customer_sales_report.ir_cron_customer_sales_alert"


class CustomerSalesRefresh(models.Model):
    """After the refresh of the night, users are told what changed about their customers."""

    _inherit = "customer.sales.refresh"

    def _run_entry(self, changed=None):
        result = super()._run_entry(changed)
        if self.state == "done" and self.kind == "full":
            self.env.ref(CRON)._trigger()
        return result
