"""Whatever the documents are, the effects add up to the change, and the change to the lines.

CUSTOMER_SALES_WORLDS=500 CUSTOMER_SALES_SEED=7 ./dev/test -k random_changes
"""

from hypothesis import HealthCheck, Phase, given, note, seed, settings
from hypothesis import strategies as st

from odoo.tests import tagged
from odoo.tools import split_every

from ..compared_common import CHANGE, COMPARISON, EFFECTS
from .test_random_worlds import SEED, WORLDS
from .worlds import DAYS, WorldCase, worlds

REPORT = "customer.sales.report"

days = st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)).map(sorted)


@tagged("post_install", "-at_install")
class TestRandomChanges(WorldCase):
    def test_effects_add_up(self):
        built = []

        @seed(SEED)
        @settings(
            max_examples=WORLDS,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        @given(worlds, days, days)
        def check(world, base, current):
            note(f"world = {world!r}")
            built.append(world)
            self.check_world(world, base, current)

        check()
        self.assertGreaterEqual(len(built), WORLDS)

    def check_world(self, world, base, current):
        savepoint = self.env.cr.savepoint()
        try:
            self.build(world)
            context = {
                **self.env.context,
                "tz": world["time_zone"],
                "allowed_company_ids": self.companies.ids,
                "customer_sales_compared": {
                    **{"base": "own", "base_first": base[0], "base_last": base[1]},
                    **{"current": "own", "current_first": current[0], "current_last": current[1]},
                },
            }
            env = self.env(context=context)
            self.check_rows(env[CHANGE])
            self.check_groups(env[CHANGE])
            self.check_lines(env, base, current)
        finally:
            savepoint.close(rollback=True)
            self.env.registry.clear_all_caches()

    def check_rows(self, changes):
        """Of every row: the effects add up, and the row is found by its id."""
        names = ["net_base", "net_current", "change", *EFFECTS]
        rows = changes.search_read([], names)
        self.assertEqual(len({row["id"] for row in rows}), len(rows))
        for row in rows:
            change = row["net_current"] - row["net_base"]
            self.assertAlmostEqual(change, row["change"], 6)
            self.assertAlmostEqual(sum(row[name] for name in EFFECTS), change, 6)
        for row in rows[:3]:
            changes.invalidate_model()
            [found] = changes.browse(row["id"]).read(names)
            self.assertEqual(found, row)

    def check_groups(self, changes):
        """Of every group, by whatever one may group."""
        specs = [
            name
            for name, field in changes.fields_get(attributes=["type", "groupable"]).items()
            if field["groupable"] and field["type"] != "many2many"
        ]
        self.assertLess({"commercial_partner_id", "product_tmpl_id", "country_id"}, set(specs))
        names = ["net_base", "net_current", *EFFECTS]
        aggregates = [f"{name}:sum" for name in names]
        [whole] = changes._read_group([], [], aggregates)
        for some in split_every(20, specs, list):
            sets = changes._read_grouping_sets([], [[spec] for spec in some], aggregates)
            for spec, groups in zip(some, sets, strict=True):
                for _value, base, current, *effects in groups:
                    self.assertAlmostEqual(sum(effects), current - base, 6, spec)
                for place, amount in enumerate(whole, 1):
                    total = sum(group[place] for group in groups)
                    self.assertAlmostEqual(total, amount or 0, 6, spec)

    def check_lines(self, env, base, current):
        """By customer and product: the lines of either period, the comparison and the changes."""
        groups = ["company_id", "commercial_partner_id", "product_id"]
        counted = [("counts_as_sale", "=", True)]

        def of_lines(first, last):
            domain = [*counted, ("date", ">=", first), ("date", "<=", last)]
            return self.amounts(env[REPORT], domain, groups, ["net_sales"])

        lines = {"base": of_lines(*base), "current": of_lines(*current)}
        for period, expected in lines.items():
            compared = self.amounts(env[COMPARISON], counted, groups, [f"net_sales_{period}"])
            changed = self.amounts(env[CHANGE], [], groups, [f"net_{period}"])
            self.assertEqual(compared, expected)
            self.assertEqual(changed, expected)

    def amounts(self, model, domain, groups, names):
        """Group -> amounts rounded to a hundredth of a cent, where they are not 0."""
        rows = model._read_group(domain, groups, [f"{name}:sum" for name in names])
        found = {
            tuple(value.id for value in row[: len(groups)]): [
                round(amount, 4) + 0.0 for amount in row[len(groups) :]
            ]
            for row in rows
        }
        return {key: amounts for key, amounts in found.items() if any(amounts)}
