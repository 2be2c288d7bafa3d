"""What a row leads to is on a list, or refused: by a walk through all models that are installed.

It runs with more apps as well, see ``dev/lib/with_apps.py``.
"""

import itertools

from odoo.exceptions import AccessError
from odoo.fields import NO_ACCESS

from ..models.privacy.allowed_fields import ALWAYS, EVERYBODY
from ..tools.terms import REACH
from .access_common import CONTACT, MARGIN, REPORT, AccessCommon

# The beginnings of the app's own sentences
REFUSED = ("cannot be reached from Customer Sales", "needs the permission")

# What must stay usable without any permission
ORDINARY = (
    "commercial_partner_id.name",
    "commercial_partner_id.ref",
    "commercial_partner_id.lang",
    "commercial_partner_id.city",
    "commercial_partner_id.country_id.code",
    "commercial_partner_id.state_id.name",
    "commercial_partner_id.category_id.name",
    "commercial_partner_id.industry_id.full_name",
    "commercial_partner_id.user_id.name",
    "commercial_partner_id.parent_id.name",
    "commercial_partner_id.child_ids.function",
    "commercial_partner_id.is_company",
    "partner_id.type",
    "product_id.barcode",
    "product_id.default_code",
    "product_id.list_price",
    "product_id.categ_id.parent_id.name",
    "product_tmpl_id.product_tag_ids.name",
    "product_id.product_template_attribute_value_ids.name",
    "team_id.user_id.name",
    "journal_id.code",
    "pricelist_id.currency_id.name",
    "source_id.name",
)


# Way -> (a row, the relation, the field that it leads to) -> anything
WAYS = {
    "search": lambda row, first, second: row.search([(f"{first}.{second}", "!=", False)]),
    "any": lambda row, first, second: row.search([(first, "any", [(second, "=", 1)])]),
    "group": lambda row, first, second: row.formatted_read_group(
        [], [f"{first}.{second}"], ["__count"]
    ),
    "order": lambda row, first, second: row.web_read({first: {"fields": {}, "order": second}}),
    "list": lambda row, first, second: row.web_read({first: {"fields": {second: {}}}}),
    "list of groups": lambda row, first, second: row.web_read_group(
        [], [first], groupby_read_specification={first: {second: {}}}
    ),
    "search panel": lambda row, first, second: row.search_panel_select_range(
        first, comodel_domain=[(second, "!=", False)]
    ),
}


class TestReach(AccessCommon):
    def setUp(self):
        super().setUp()
        self.allowed = self.env[REPORT]._allowed_fields()

    def needed(self, field):
        """The groups that the lists ask for, said once more: None for fields whose groups follow
        from others, which other tests are about."""
        if field.manual or field.type == "properties":
            return None
        if field.name in ALWAYS:
            return set()
        for group, by_model in self.allowed.items():
            if field.name in by_model.get(field.model_name, ()):
                return {group} - {EVERYBODY}
        return {NO_ACCESS}

    def own_models(self):
        mixin = self.env.registry[REACH]
        return [
            model
            for name in self.env.registry
            if isinstance(model := self.env[name], mixin) and not model._abstract
        ]

    def steps(self, model):
        """The fields of another app's model whose groups the lists say, with these."""
        for field in model._fields.values():
            if (needed := self.needed(field)) is not None:
                yield field, needed

    def leads_out(self, field):
        """Whether a field leads to a model of another app."""
        return (
            field.relational
            and field.comodel_name in self.env
            and not isinstance(self.env[field.comodel_name], self.env.registry[REACH])
        )

    def test_every_path_of_three_steps(self):
        """Each needs what its steps need: nothing leads back from where nobody may go."""
        reach = self.env[REPORT]._reach()
        counted, wrong = 0, []
        for model in self.own_models():
            for first in filter(self.leads_out, model._fields.values()):
                own = reach.groups(model, [first.name])
                for second, needed in self.steps(self.env[first.comodel_name]):
                    paths = [([first.name, second.name], needed)]
                    if self.leads_out(second):
                        paths += [
                            ([first.name, second.name, third.name], needed | more)
                            for third, more in self.steps(self.env[second.comodel_name])
                        ]
                    for path, groups in paths:
                        counted += 1
                        if reach.groups(model, path) != own | groups:
                            wrong.append((model._name, path))
        self.assertGreater(counted, 100_000)
        self.assertEqual(wrong, [])

    def test_lists_end_where_they_say(self):
        """What everybody may see of contacts and products, as a number that grows on purpose."""
        for model in ("res.partner", "product.product"):
            open_fields = [
                field for field in self.env[model]._fields.values() if self.needed(field) == set()
            ]
            self.assertLess(len(open_fields), len(self.env[model]._fields) / 3, model)

    def test_paths_of_two_steps_by_all_ways(self):
        """Whatever is not open to a user is refused with a sentence of the app: each path by one
        of the ways, which take turns."""
        for kind in ("own customers", "own, contacts, export", "administrator, everything"):
            user = self.users[kind]
            report = (
                self.env[REPORT]
                .with_user(user)
                .with_context(allowed_company_ids=user.company_ids.ids)
            )
            row = report.search([("commercial_partner_id", "!=", False)], limit=1)
            has = {group for group in (CONTACT, MARGIN) if user.has_group(group)}
            turns = itertools.cycle(WAYS)
            for relation, field, needed in self.paths_of_two_steps():
                if needed <= has:
                    self.assertTrue(report._may_reach([relation.name, field.name]))
                    continue
                way = next(turns)
                with self.subTest(user=kind, way=way, path=(relation.name, field.name)):
                    with self.assertRaises(AccessError) as refusal:
                        WAYS[way](row, relation.name, field.name)
                    self.assertTrue(any(each in str(refusal.exception) for each in REFUSED))

    def paths_of_two_steps(self):
        """The relations of the report, one for each model, the fields of the model, and the groups
        that these need."""
        relations = {
            field.comodel_name: field
            for field in self.env[REPORT]._fields.values()
            if self.leads_out(field) and not field.groups and not field.manual
        }
        for comodel, relation in relations.items():
            for field, needed in self.steps(self.env[comodel]):
                yield relation, field, needed

    def test_what_field_choosers_offer(self):
        """Nothing that is refused, and what is not."""
        for kind, offers_email in (("own customers", False), ("own, contacts, export", True)):
            user = self.users[kind]
            offered = self.rpc(user, REPORT, "get_reachable_fields")
            report = self.env[REPORT].with_user(user)
            self.assertEqual("email" in offered["res.partner"], offers_email)
            self.assertIn("city", offered["res.partner"])
            self.assertNotIn("standard_price", offered["product.product"])
            self.assertNotIn("bank_ids", offered["res.partner"])
            for model, relation in (
                ("res.partner", "partner_id"),
                ("product.product", "product_id"),
                ("res.users", "user_id"),
            ):
                for name in self.env[model]._fields:
                    if name not in ALWAYS:
                        self.assertEqual(
                            name in offered[model], report._may_reach([relation, name]), name
                        )

    def test_ordinary_facts(self):
        """Without a permission and without the right to read documents or products' costs."""
        user = self.users["own customers"]
        for path in ORDINARY:
            with self.subTest(path=path):
                self.assertTrue(self.env[REPORT].with_user(user)._may_reach(path.split(".")))
        for path in ORDINARY[:13]:
            with self.subTest(path=path):
                self.rpc(user, REPORT, "search", [(path, "!=", False)])
