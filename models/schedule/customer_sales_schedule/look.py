from odoo import api, models

from ....tools.client_values import mapping
from ....tools.export_request import ExportRequest
from ....tools.schedule_ended import ScheduleEnded
from ....tools.terms import (
    COMPARISON,
    COUNTS_AS_SALE,
    EXPORT_GROUP,
    LEVEL_GROUP,
    OVERVIEW,
    PROFILE,
)
from ....tools.user_env import user_env
from ...customer_sales_compared_mixin import COMPARED
from ..favorite import Favorite
from .customer_sales_schedule import FAVORITE_MODELS

VIEW_MODELS = {"customers": PROFILE, "comparison": COMPARISON, "overview": OVERVIEW}


class CustomerSalesSchedule(models.Model):
    """What a scheduled report shows, and with whose rights."""

    _inherit = "customer.sales.schedule"

    @api.model
    def _check_may_export(self, user):
        """
        :raise ScheduleEnded: if a user gets no reports: neither as their owner nor by mail
        """
        user = user.sudo()
        if not user.active:
            raise ScheduleEnded(self.env._("The user %s is archived.", user.name))
        if not user.has_group(LEVEL_GROUP):
            raise ScheduleEnded(
                self.env._(
                    "%s has no access to Customer Sales. An administrator gives it in Settings › "
                    "Users.",
                    user.name,
                )
            )
        if not user.has_group(EXPORT_GROUP):
            raise ScheduleEnded(
                self.env._(
                    "%s may not export data. An administrator gives the right in Settings › Users.",
                    user.name,
                )
            )

    def _reader(self, user):
        """The environment in which a user reads this report: with the user's rights, language,
        time zone and companies.

        :raise ScheduleEnded: if the user may have no reports, or none of its companies
        """
        self._check_may_export(self.user_id)
        self._check_may_export(user)
        schedule, user = self.sudo(), user.sudo()
        companies = schedule.company_ids.filtered("active") & user.company_ids
        if not companies:
            raise ScheduleEnded(
                self.env._(
                    "%(user)s has no access to %(companies)s, whose sales the report shows.",
                    user=user.name,
                    companies=", ".join(schedule.company_ids.mapped("name")),
                )
            )
        first = user.company_id & companies
        company_ids = [*first.ids, *(companies - first).ids]
        return user_env(self.env, user, company_ids, tz=self._zone(user))

    def _zone(self, user) -> str:
        """The time zone whose clock tells a recipient's hours: the user's, else the company's."""
        return user.tz or user.company_id._customer_sales_timezone()

    def _look(self, env):
        """What a reader would see on the screen.

        :param env: of :meth:`_reader`
        :return: the model as the reader sees it, and the request
        :raise ScheduleEnded: if its favorite is gone, or its fields are
        :raise AccessError: if the reader may not see what it filters by
        """
        schedule = self.sudo()
        if schedule.view != "favorite":
            compared = {"current": schedule.current, "base": schedule.base}
            model = env[VIEW_MODELS[schedule.view]].with_context(**{COMPARED: compared})
            is_comparison = schedule.view == "comparison"
            request = ExportRequest(
                model=model._name,
                # As the screen opens
                domain=[(COUNTS_AS_SALE, "=", True)] if is_comparison else [],
                group_by=["commercial_partner_id"] if is_comparison else [],
                columns=[],
                contents=[],
                title=schedule.name,
                compared=compared,
            )
            return model, request
        favorite = schedule.favorite_id
        is_own = not favorite.user_ids or schedule.user_id in favorite.user_ids
        if not (favorite and favorite.active and is_own and favorite.model_id in FAVORITE_MODELS):
            raise ScheduleEnded(
                self.env._(
                    "The favorite that it shows was deleted, or is not the owner's any more. "
                    "Choose another one."
                )
            )
        model = env[favorite.model_id]
        found = Favorite(favorite, model, self.env)
        layout = env["customer.sales.layout"].sudo().browse(found.layout_id or ()).exists()
        if layout.model != model._name or layout.user_id not in (
            schedule.user_id,
            env["res.users"],
        ):
            layout = layout.browse()
        shown = [column for column in (layout._columns() if layout else ()) if column["is_shown"]]
        names = [each["name"] for each in shown] or found.measures
        compared = mapping(found.context.get(COMPARED))
        context = {COMPARED: compared} if compared else {}
        request = ExportRequest(
            model=model._name,
            domain=found.domain,
            columns=model._accessible_columns(names),
            contents=[],
            title=schedule.name,
            group_by=found.group_by,
            order=found.order,
            headings={each["name"]: each["label"] for each in shown if each["label"]},
            compared=compared,
        )
        return model.with_context(**context), request
