"""Export files get an owner of their own: until now it was whoever made the record."""


def migrate(cr, version):
    cr.execute(
        """
        ALTER TABLE customer_sales_export_job
            ADD COLUMN IF NOT EXISTS user_id integer,
            ADD COLUMN IF NOT EXISTS line_count integer
        """
    )
    # A file whose maker was deleted goes to the system user, as nobody else may see it; it
    # expires by itself. What had not been written yet would be read with that user's rights.
    cr.execute(
        """
        UPDATE customer_sales_export_job
           SET user_id = COALESCE(create_uid, 1),
               line_count = row_count,
               state = CASE WHEN create_uid IS NULL AND state IN ('waiting', 'running')
                            THEN 'cancelled' ELSE state END,
               finished_on = COALESCE(finished_on, CASE WHEN create_uid IS NULL
                                                        THEN now() AT TIME ZONE 'UTC' END)
         WHERE user_id IS NULL
        """
    )
    # They name the old field. The data file, which changes no rule that is there, makes them anew.
    cr.execute(
        """
        DELETE FROM ir_rule WHERE id IN (
            SELECT res_id FROM ir_model_data
             WHERE module = 'customer_sales_report' AND model = 'ir.rule'
               AND name IN ('customer_sales_export_job_own_rule',
                            'customer_sales_export_job_company_rule'))
        """
    )
    cr.execute(
        """
        DELETE FROM ir_model_data
         WHERE module = 'customer_sales_report' AND model = 'ir.rule'
           AND name IN ('customer_sales_export_job_own_rule',
                        'customer_sales_export_job_company_rule')
        """
    )
