"""What customers and their products follow from, beside their documents."""

import hashlib
from datetime import date

from .profile_derivation import PREDICTED, profiles_select


def settings_fingerprint(env, company, day: date) -> str:
    """A fingerprint of the day, of what companies and segments are set to, of limits, fits, the
    statements that derive, and the app itself."""
    Profile, Product = env["customer.sales.profile"], env["customer.sales.product"]
    limits = company.customer_sales_score_limits
    statements = [
        profiles_select(env, company, day, limits, predictions=PREDICTED),
        *Profile._fact_columns(company, day).values(),
        *Product._fact_columns(day).values(),
        *Product._derived_columns(company, day).values(),
    ]
    settings = [
        *((statement.code, statement.params) for statement in statements),
        env["customer.sales.prediction"]._followed_by_chances(company),
        env["ir.module.module"]._get("customer_sales_report").latest_version,
        *(
            records.sorted("id").read(names, load=None)
            for records, names in (
                (env["customer.sales.segment"].search([]), ["sequence", "is_lost"]),
                (
                    env["customer.sales.segment.cell"].search([]),
                    ["r_score", "fm_score", "segment_id"],
                ),
            )
        ),
    ]
    return hashlib.sha256(repr(settings).encode()).hexdigest()
