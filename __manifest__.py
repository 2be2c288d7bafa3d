{
    "name": "Customer Sales",
    "summary": "Which customers carry the business, and how do they buy: "
    "invoices, sales orders and point-of-sale receipts by customer, down to the product line",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "Customer Sales Contributors",
    "license": "LGPL-3",
    "depends": ["pos_sale"],
    "data": [
        "security/customer_sales_groups.xml",
        "security/ir.model.access.csv",
        "security/customer_sales_rules.xml",
        "security/customer_sales_reconciliation_rules.xml",
        "security/customer_sales_layout_rules.xml",
        "views/customer_sales_report_views.xml",
        "views/customer_sales_report_actions.xml",
        "views/res_partner_views.xml",
        "views/customer_sales_export_log_views.xml",
        "views/res_config_settings_views.xml",
        "views/customer_sales_menus.xml",
        "views/customer_sales_reconciliation_views.xml",
        "views/customer_sales_layout_views.xml",
        "data/ir_filters_data.xml",
        "data/customer_sales_layout_data.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "customer_sales_report/static/src/**/*",
            ("remove", "customer_sales_report/static/src/pivot/**/*"),
        ],
        # Odoo loads its pivot view, and so what extends it, when it is first used.
        "web.assets_backend_lazy": ["customer_sales_report/static/src/pivot/**/*"],
        "web.assets_tests": ["customer_sales_report/static/tests/tours/**/*"],
    },
    "application": True,
}
