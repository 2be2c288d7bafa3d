"""The vocabulary of the app: names that several of its parts use, each said once."""

# -- Models -------------------------------------------------------------------------------

REPORT = "customer.sales.report"
COMPARISON = "customer.sales.comparison.report"
CHANGE = "customer.sales.change.report"
PROFILE = "customer.sales.profile"
OVERVIEW = "customer.sales.overview"
# Whose rows are of a customer, and have the custom fields of contacts as columns
CUSTOMER_MODELS = (
    REPORT,
    COMPARISON,
    CHANGE,
    PROFILE,
    "customer.sales.product",
    "customer.sales.purchase",
    "customer.sales.history",
    "customer.sales.movement.report",
    "customer.sales.retention.report",
)
EXPORT_JOB = "customer.sales.export.job"
SCHEDULE = "customer.sales.schedule"
SCHEDULE_RECIPIENT = "customer.sales.schedule.recipient"
SCHEDULE_RUN = "customer.sales.schedule.run"
REACH = "customer.sales.reach.mixin"  # of every model of the app
PRIVACY = "customer.sales.privacy.mixin"  # of those that hold sales
EXPORTED = "customer.sales.exported.mixin"  # of those that are exported as workbooks

# -- Groups -------------------------------------------------------------------------------

LEVEL_GROUP = "customer_sales_report.group_customer_sales_user"
ALL_GROUP = "customer_sales_report.group_customer_sales_all"
MANAGER_GROUP = "customer_sales_report.group_customer_sales_manager"
CONTACT_GROUP = "customer_sales_report.group_customer_sales_contact"
MARGIN_GROUP = "customer_sales_report.group_customer_sales_margin"
CAMPAIGN_GROUP = "customer_sales_report.group_customer_sales_campaign"
EXPORT_GROUP = "base.group_allow_export"

# -- Parameters, and their values where nothing was set --------------------------------------

# Which custom fields of contacts need the permission to see contact details: the names of their
# columns in the report, with commas between
PRIVATE_PARAMETER = "customer_sales_report.private_custom_fields"

LOG_DAYS_PARAMETER = "customer_sales_report.export_log_days"
LOG_DAYS = 365  # for which entries of the export log are kept

FILE_DAYS_PARAMETER = "customer_sales_report.export_days"
FILE_DAYS = 7  # for which exported files are kept

MOST_DAYS = 36_500  # that anything may take or be kept for, a hundred years

SECONDS_AT_ONCE_PARAMETER = "customer_sales_report.export_seconds"
SECONDS_AT_ONCE = 10  # that an export may take to be downloaded at once

PSEUDONYM_SECRET_PARAMETER = "customer_sales_report.pseudonym_secret"

# -- Work in the background -----------------------------------------------------------------

WORK_STATES = [
    ("waiting", "Waiting"),
    ("running", "Running"),
    ("done", "Done"),
    ("failed", "Failed"),
    ("cancelled", "Cancelled"),
]
UNFINISHED = ("waiting", "running")

# -- Sales lines ----------------------------------------------------------------------------

DOCUMENT_MODELS = [
    ("account.move", "Invoice"),
    ("sale.order", "Sales Order"),
    ("pos.order", "POS Order"),
]
DOCUMENT_TYPES = [
    ("customer_invoice", "Customer Invoice"),
    ("credit_note", "Credit Note"),
    ("sales_receipt", "Sales Receipt"),
    ("pos_receipt", "POS Receipt"),
    ("pos_refund", "POS Refund"),
    ("sales_order", "Sales Order"),
]
RETURNS = ["credit_note", "pos_refund"]

CHANNELS = [
    ("sales", "Sales"),
    ("website", "Website"),
    ("pos", "Point of Sale"),
    ("direct", "Direct"),
]
LINE_KINDS = [
    ("product", "Product"),
    ("delivery", "Delivery"),
    ("discount", "Discount"),
    ("reward", "Reward"),
    ("tip", "Tip"),
    ("gift_card", "Gift Card"),
    ("down_payment", "Down Payment"),
]

# The columns that say in which total a row counts
COUNTS_AS_SALE, COUNTS_AS_ORDER = "counts_as_sale", "counts_as_order"

# -- Contacts ---------------------------------------------------------------------------------

# The beginning of the names of columns that hold a property of contacts
PROPERTY_PREFIX = "x_property_"

# Context keys that make Odoo write contact details into a contact's display name
CONTACT_CONTEXT = {
    "partner_show_db_id",
    "show_address",
    "show_address_only",
    "show_email",
    "show_vat",
}

# Context keys that names depend on and that add nothing to them but what the reader may see
NAMING_CONTEXT = {
    "active_test",
    "allowed_company_ids",
    "company",
    "display_default_code",
    "hierarchical_naming",
    "lang",
    "tz",
    "uid",
}

# Context key under which records are found by what may be read of their names, such as contacts not
# by their e-mail or tax ID
BY_NAME_ALONE = "customer_sales_by_name_alone"


def private_names(text: str | None) -> set[str]:
    """The names in the parameter :data:`PRIVATE_PARAMETER`, between commas."""
    return {name.strip() for name in (text or "").split(",") if name.strip()}
