from datetime import date

from babel.dates import format_skeleton
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import babel_locale_parse

from ..models.history.history_derivation import last_month_ends, month_end_of
from ..models.profile.customer_sales_profile import STATUSES
from ..tools.client_values import is_day, not_understood

EARLIEST = "1900"
FROM, TO = "movement_from", "movement_to"  # keys of the context
#: How far apart the months are where nobody has chosen them
APART = 3

#: From worst to best. Who has not bought yet can only win.
STATUS_RANKS = {"none": 1, "lost": 1, "dormant": 2, "slowing": 3, "active": 4, "new": 4}
CLASS_RANKS = {"none": 0, "c": 1, "b": 2, "a": 3}
MOVES = [("better", "Better"), ("same", "Same"), ("worse", "Worse")]
MOVED = "Better or worse than at the end of the first month."


class CustomerSalesMovementReport(models.Model):
    """What customers were at the ends of two months, side by side: a row for each customer.

    The months come from the context, ``movement_from`` and ``movement_to``, each any day of it;
    without them, the last one that is over and the one three months before it.
    """

    _name = "customer.sales.movement.report"
    _inherit = ["customer.sales.custom.fields.mixin", "customer.sales.currency.mixin"]
    _description = "Movement of Customers"
    _auto = False
    _order = "net_to desc, partner_id"
    _rec_name = "partner_id"
    _rows_grant_names = True
    _depends = {
        "customer.sales.history": [
            "company_id",
            "partner_id",
            "profile_id",
            "month_end",
            "status",
            "abc_class",
            "segment_id",
            "net_year",
        ],
        "customer.sales.segment": ["is_lost"],
        "customer.sales.segment.cell": ["segment_id"],
    }

    company_id = fields.Many2one(
        "res.company", readonly=True, help="The company that sold to this customer."
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        readonly=True,
        help="The company or person that bought, whichever of its contacts is on the documents.",
    )
    profile_id = fields.Many2one(
        "customer.sales.profile",
        string="Customer Today",
        readonly=True,
        help="What is known of the customer today.",
    )
    from_month = fields.Date(readonly=True, help="The last day of the first month.")
    to_month = fields.Date(readonly=True, help="The last day of the second month.")
    from_status = fields.Selection(
        [*STATUSES, ("none", "No Purchase Yet")],
        readonly=True,
        help="The status at the end of the first month.",
    )
    to_status = fields.Selection(
        [*STATUSES, ("none", "No Purchase Yet")],
        readonly=True,
        help="The status at the end of the second month.",
    )
    status_move = fields.Selection(
        MOVES,
        readonly=True,
        help=f"{MOVED} From best to worst: active and new, slowing, dormant, lost.",
    )
    from_class = fields.Selection(
        [("a", "A"), ("b", "B"), ("c", "C"), ("none", "No Class")],
        readonly=True,
        help="The class at the end of the first month. None without a purchase in the year.",
    )
    to_class = fields.Selection(
        [("a", "A"), ("b", "B"), ("c", "C"), ("none", "No Class")],
        readonly=True,
        help="The class at the end of the second month. None without a purchase in the year.",
    )
    class_move = fields.Selection(MOVES, readonly=True, help=MOVED)
    from_segment_id = fields.Many2one(
        "customer.sales.segment",
        readonly=True,
        falsy_value_label="No Purchase Yet",
        help="The segment at the end of the first month.",
    )
    to_segment_id = fields.Many2one(
        "customer.sales.segment",
        readonly=True,
        falsy_value_label="No Purchase Yet",
        help="The segment at the end of the second month.",
    )
    segment_move = fields.Selection(
        MOVES,
        readonly=True,
        help=f"{MOVED} By the scores R and FM of the cells that make the segments.",
    )
    net_from = fields.Monetary(
        string="Net of 12 Months Before",
        readonly=True,
        help="Net sales of the 365 days until the end of the first month.",
    )
    net_to = fields.Monetary(
        string="Net of 12 Months",
        readonly=True,
        help="Net sales of the 365 days until the end of the second month.",
    )
    net_change = fields.Monetary(
        string="Change", readonly=True, help="The difference between the two months."
    )

    # Facts of the contact
    country_id = fields.Many2one(related="partner_id.country_id", string="Country")
    category_ids = fields.Many2many(related="partner_id.category_id", string="Tags")
    user_id = fields.Many2one(
        related="partner_id.user_id",
        string="Salesperson",
        help="The salesperson in charge of the customer.",
    )

    # ---------------------------------------------------------------------------------------
    # The months
    # ---------------------------------------------------------------------------------------

    @api.model
    def _months(self) -> list[date]:
        """The ends of the months that the selected companies have a history of, in order."""
        first, last = self.env["customer.sales.history"]._months_kept()
        if not last:
            return []
        count = (last.year - first.year) * 12 + last.month - first.month + 1
        return last_month_ends(last, count)

    @api.model
    def _chosen_months(self) -> tuple[date, date]:
        """The ends of the two months that are compared.

        :raise UserError: if the context has something else than days
        """
        context = self.env.context
        last = self._day_of(context.get(TO))
        if not last:
            [*_months, last] = self._months() or [fields.Date.today()]
        first = self._day_of(context.get(FROM)) or last - relativedelta(months=APART)
        return month_end_of(first), month_end_of(last)

    @api.model
    def _day_of(self, value) -> date | None:
        if not value:
            return None
        if not is_day(value) or value < EARLIEST:
            raise not_understood(self.env)
        return date.fromisoformat(value)

    @api.model
    @api.readonly
    def movement_options(self) -> dict:
        """What the matrix needs to be chosen and colored.

        :return: ``months``, newest first, each with ``day``, its last one, and ``name``; ``from``
            and ``to``, the days of the two chosen; ``ranks``: field -> value -> number, of which a
            higher one is better
        """
        self.check_access("read")
        locale = babel_locale_parse(self.env.lang)
        first, last = self._chosen_months()
        months = sorted({*self._months(), first, last}, reverse=True)
        self.env["customer.sales.segment"].flush_model()
        self.env["customer.sales.segment.cell"].flush_model()
        segments = dict(self.env.execute_query(_segment_ranks()))
        return {
            "months": [
                {
                    "day": month.isoformat(),
                    "name": format_skeleton("yMMMM", month, locale=locale),
                }
                for month in months
            ],
            "from": first.isoformat(),
            "to": last.isoformat(),
            "ranks": {
                "status": STATUS_RANKS,
                "class": CLASS_RANKS,
                "segment": {key: float(rank) for key, rank in segments.items()},
            },
        }

    # ---------------------------------------------------------------------------------------
    # The rows
    # ---------------------------------------------------------------------------------------

    @api.model
    def _month_ends(self) -> tuple[SQL, SQL]:
        """As :meth:`_chosen_months`, in SQL: what is not chosen is looked up with the rows, and not
        each time that Odoo asks what the model is like."""
        context = self.env.context
        if context.get(TO):
            return tuple(SQL("%s::date", month) for month in self._chosen_months())
        last = SQL(
            "(SELECT MAX(edge.month_end) FROM UNNEST(%s) AS company(id), LATERAL ("
            "SELECT MAX(month_end) AS month_end FROM customer_sales_history "
            "WHERE company_id = company.id) AS edge)",
            self.env.companies.ids,
        )
        if first := self._day_of(context.get(FROM)):
            return SQL("%s::date", month_end_of(first)), last
        return (
            SQL(
                "(DATE_TRUNC('month', %s::timestamp) - MAKE_INTERVAL(months => %s))::date - 1",
                last,
                APART - 1,
            ),
            last,
        )

    @property
    def _table_query(self) -> SQL:
        first, last = self._month_ends()
        return SQL(
            """
            SELECT history.id, history.company_id, history.partner_id, history.profile_id,
                   %(first)s AS from_month, history.month_end AS to_month,
                   COALESCE(earlier.status, 'none') AS from_status,
                   COALESCE(history.status, 'none') AS to_status,
                   %(status_move)s AS status_move,
                   COALESCE(earlier.abc_class, 'none') AS from_class,
                   COALESCE(history.abc_class, 'none') AS to_class,
                   %(class_move)s AS class_move,
                   earlier.segment_id AS from_segment_id,
                   history.segment_id AS to_segment_id,
                   %(segment_move)s AS segment_move,
                   COALESCE(earlier.net_year, 0) AS net_from,
                   history.net_year AS net_to,
                   history.net_year - COALESCE(earlier.net_year, 0) AS net_change
              FROM customer_sales_history history
         LEFT JOIN customer_sales_history earlier
                ON earlier.company_id = history.company_id
               AND earlier.partner_id = history.partner_id
               AND earlier.month_end = %(first)s
         LEFT JOIN (%(ranks)s) AS from_rank ON from_rank.id = earlier.segment_id
         LEFT JOIN (%(ranks)s) AS to_rank ON to_rank.id = history.segment_id
             WHERE history.month_end = %(last)s
            """,
            first=first,
            last=last,
            ranks=_segment_ranks(),
            status_move=_move(
                _rank(SQL("earlier.status"), STATUS_RANKS),
                _rank(SQL("history.status"), STATUS_RANKS),
            ),
            class_move=_move(
                _rank(SQL("earlier.abc_class"), CLASS_RANKS),
                _rank(SQL("history.abc_class"), CLASS_RANKS),
            ),
            segment_move=_move(
                SQL("COALESCE(from_rank.rank, 0)"), SQL("COALESCE(to_rank.rank, 0)")
            ),
        )

    @api.readonly
    def action_open_customer(self):
        """The page of the customer."""
        self.ensure_one()
        # Whatever months are chosen: a row has the id of the history's.
        return self.env["customer.sales.history"].browse(self.id).profile_id.get_formview_action()


def _segment_ranks() -> SQL:
    """``id`` and ``rank`` of each segment: the mean of the scores of its cells, nothing for that
    of customers without a purchase in the year."""
    return SQL(
        "SELECT segment.id, COALESCE(AVG(cell.r_score + cell.fm_score), 0) AS rank "
        "FROM customer_sales_segment segment "
        "LEFT JOIN customer_sales_segment_cell cell "
        "ON cell.segment_id = segment.id AND segment.is_lost IS NOT TRUE "
        "GROUP BY segment.id"
    )


def _rank(value: SQL, ranks: dict[str, int]) -> SQL:
    cases = (SQL("WHEN %s THEN %s", key, rank) for key, rank in ranks.items())
    return SQL("CASE COALESCE(%s, 'none') %s END", value, SQL(" ").join(cases))


def _move(before: SQL, after: SQL) -> SQL:
    return SQL(
        "CASE SIGN(%s - %s) WHEN 1 THEN 'better' WHEN -1 THEN 'worse' ELSE 'same' END",
        after,
        before,
    )
