"""Levels and permissions as an administrator gives them, and no model without its rules."""

import re

from odoo.tests import TransactionCase, tagged

MODULE = "customer_sales_report"
LEVELS = ("user", "all", "manager")
PERMISSIONS = ("margin", "contact", "campaign")

# Models that need no rule of a kind, and why
WITHOUT_COMPANY_RULE: dict[str, str] = {
    "customer.sales.segment": "the same for all companies",
    "customer.sales.segment.cell": "the same for all companies",
    "customer.sales.alert": "a user's own, who is told of the companies that they may see then",
}
WITHOUT_PRIVACY: dict[str, str] = {
    "customer.sales.layout": "names of columns, no sales",
    "customer.sales.layout.column": "names of columns, no sales",
}


def group(env, name):
    return env.ref(f"{MODULE}.group_customer_sales_{name}")


@tagged("post_install", "-at_install")
class TestGroups(TransactionCase):
    def setUp(self):
        super().setUp()
        self.levels = [group(self.env, level) for level in LEVELS]
        self.permissions = [group(self.env, permission) for permission in PERMISSIONS]
        self.groups = self.env["res.groups"].union(*self.levels, *self.permissions)

    def test_levels_imply_each_other(self):
        user, everything, manager = self.levels
        internal = self.env.ref("base.group_user")
        campaign = group(self.env, "campaign")
        self.assertEqual(
            manager.all_implied_ids & self.groups, user | everything | manager | campaign
        )
        self.assertEqual(everything.all_implied_ids & self.groups, user | everything)
        self.assertEqual(user.all_implied_ids & self.groups, user)
        for each in self.groups:
            self.assertIn(internal, each.all_implied_ids)

    def test_permissions_stand_alone(self):
        for permission in self.permissions:
            self.assertEqual(permission.all_implied_ids & self.groups, permission)

    def test_none_of_odoos_groups_gives_any(self):
        others = self.groups.implied_by_ids - self.groups
        self.assertFalse(others)

    def test_odoos_groups_gain_nothing(self):
        """The groups that ours imply are the internal user's, and no other."""
        internal = self.env.ref("base.group_user").all_implied_ids
        self.assertFalse(self.groups.all_implied_ids - self.groups - internal)

    def test_new_users_get_none(self):
        new_user = self.env["res.users"].create({"name": "New", "login": "new_user_of_groups"})
        self.assertFalse(new_user.all_group_ids & self.groups)

    def test_the_user_form_explains_each(self):
        for each in self.groups:
            with self.subTest(group=each.name):
                self.assertTrue(each.comment)
                self.assertTrue(each.privilege_id.description)
                self.assertEqual(
                    each.privilege_id.category_id, self.env.ref("base.module_category_sales")
                )
        levels = self.env["res.groups"].union(*self.levels)
        self.assertEqual(levels.privilege_id.group_ids, levels)
        for permission in self.permissions:
            self.assertEqual(permission.privilege_id.group_ids, permission)
        self.assertIn("Team leaders", group(self.env, "all").comment)


@tagged("post_install", "-at_install", "smoke")
class TestEveryModel(TransactionCase):
    """Walks the registry, so that a model added tomorrow is looked at as well."""

    def models(self):
        return [
            model
            for model in (self.env[name] for name in self.env.registry)
            if model._original_module == MODULE and not model._abstract
        ]

    def access_rights(self, model):
        return self.env["ir.model.access"].search([("model_id.model", "=", model._name)])

    def rules(self, model):
        return self.env["ir.rule"].search([("model_id.model", "=", model._name)])

    def test_models_are_found(self):
        names = {model._name for model in self.models()}
        self.assertLessEqual({"customer.sales.report", "customer.sales.export.log"}, names)

    def test_only_our_levels_have_access(self):
        ours = self.env["res.groups"].union(
            *(group(self.env, each) for each in (*LEVELS, "campaign"))
        )
        for model in self.models():
            with self.subTest(model=model._name):
                rights = self.access_rights(model)
                self.assertTrue(rights)
                for right in rights:
                    self.assertTrue(right.group_id)
                    self.assertIn(right.group_id, ours)

    def test_company_rules(self):
        for model in self.models():
            if model._name in WITHOUT_COMPANY_RULE:
                continue
            with self.subTest(model=model._name):
                for_everybody = self.rules(model).filtered(lambda rule: not rule.groups)
                self.assertTrue(
                    [rule for rule in for_everybody if "company_ids" in rule.domain_force]
                )

    def test_rules_for_the_levels(self):
        """Where others than administrators have access, each level has a rule, or everybody
        has the rows of their own only."""
        user, everything, manager = (group(self.env, level) for level in LEVELS)
        for model in self.models():
            with self.subTest(model=model._name):
                rules = self.rules(model)
                if self.access_rights(model).group_id == manager or any(
                    re.search(r"'(\w+\.)?(create_uid|user_id)', '='", rule.domain_force)
                    for rule in rules
                    if not rule.groups
                ):
                    continue
                self.assertIn(user, rules.groups)
                self.assertIn(everything, rules.groups)

    def test_privacy(self):
        """What any model leads to is guarded, and exports of those that one can search are
        logged."""
        mixin = self.env.registry["customer.sales.privacy.mixin"]
        for model in self.models():
            with self.subTest(model=model._name):
                self.assertIsInstance(model, self.env.registry["customer.sales.reach.mixin"])
            if model._transient or model._name in WITHOUT_PRIVACY:
                continue
            with self.subTest(model=model._name):
                self.assertIsInstance(model, mixin)

    def test_no_column_without_the_permission_that_its_source_needs(self):
        """A field related to a private one is private itself."""
        mixin = self.env.registry["customer.sales.privacy.mixin"]
        for model in self.models():
            if not isinstance(model, mixin):
                continue
            for field in model._fields.values():
                if field.related:
                    needed = model._path_groups(field.related.split("."))
                    with self.subTest(field=str(field)):
                        self.assertEqual(needed, needed & set((field.groups or "").split(",")))

    def test_private_fields_exist(self):
        """Whoever misspells a private field guards nothing."""
        known = {
            (model, name)
            for by_model in self.env["customer.sales.report"]._allowed_fields().values()
            for model, names in by_model.items()
            for name in names
            if model in self.env and name in self.env[model]._fields
        }
        self.assertLessEqual(
            {
                ("res.partner", "email"),
                ("res.partner", "email_normalized"),
                ("res.partner", "phone"),
                ("res.partner", "phone_sanitized"),
                ("res.partner", "street"),
                ("res.partner", "vat"),
                ("res.partner", "contact_address"),
                ("res.partner", "contact_address_inline"),
                ("product.product", "standard_price"),
                ("product.template", "standard_price"),
            },
            known,
        )
