"""Whether suggestions of a day of the past came true, as the app keeps it of the last months."""

from ..models.product import affinity_derivation, product_derivation


def suggestions_tried(env, company, until, last) -> dict:
    """How many suggestions of ``until`` would have come true until ``last``; see
    :func:`.affinity_derivation.try_on_past`."""
    report = env["customer.sales.refresh"].sudo()._report(company)
    product_derivation.derive_documents(report, last)
    return affinity_derivation.try_on_past(report.env, until, last)
