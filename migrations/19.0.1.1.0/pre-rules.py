"""Record rules that have changed: the data file makes them anew; it changes none that is there."""

NAMES = ("customer_sales_export_log_company_rule", "customer_sales_export_column_own_rule")


def migrate(cr, version):
    cr.execute(
        """
        WITH gone AS (
            DELETE FROM ir_model_data
             WHERE module = 'customer_sales_report' AND model = 'ir.rule' AND name IN %s
            RETURNING res_id)
        DELETE FROM ir_rule WHERE id IN (SELECT res_id FROM gone)
        """,
        (NAMES,),
    )
