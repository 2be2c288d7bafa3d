import { beforeEach, expect, test } from "@odoo/hoot";
import { Component, useSubEnv, xml } from "@odoo/owl";
import {
    followRelation,
    getDisplayedFieldNames,
    openModelFieldSelectorPopover,
} from "@web/../tests/core/tree_editor/condition_tree_editor_test_helpers";
import {
    defineModels,
    fields,
    models,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { leaveOutTills } from "@customer_sales_report/../tests/without_tills";
import { ModelFieldSelector } from "@web/core/model_field_selector/model_field_selector";

class Report extends models.Model {
    _name = "customer.sales.report";

    customer_id = fields.Many2one({ relation: "customer" });
    journal_id = fields.Many2one({ relation: "journal" });
}

class Customer extends models.Model {
    city = fields.Char();
    email = fields.Char();
    bank_id = fields.Many2one({ relation: "journal" });
}

class Journal extends models.Model {
    number = fields.Char();
}

beforeEach(leaveOutTills);
defineMailModels();
defineModels([Report, Customer, Journal]);
onRpc("customer.sales.report", "get_reachable_fields", () => ({
    customer: ["city", "bank_id"],
    journal: [],
}));

const FOLLOW = ".o_model_field_selector_popover_item_relation";

async function openOn(resModel, env = {}) {
    class Parent extends Component {
        static components = { ModelFieldSelector };
        static template = xml`
            <ModelFieldSelector readonly="false" resModel="'${resModel}'" path="''" update="() => {}"/>
        `;
        static props = ["*"];
        setup() {
            useSubEnv(env);
        }
    }
    await mountWithCleanup(Parent);
    await openModelFieldSelectorPopover();
}

test("what a row leads to is offered as far as it can be reached", async () => {
    await openOn("customer.sales.report");
    expect(getDisplayedFieldNames()).toInclude("Customer");
    expect(getDisplayedFieldNames()).toInclude("Journal");
    expect(`[data-name=customer_id] ${FOLLOW}`).toHaveCount(1);
    expect(`[data-name=journal_id] ${FOLLOW}`).toHaveCount(0);
    await followRelation();
    expect(getDisplayedFieldNames()).toEqual(["Bank", "City"]);
    expect(`[data-name=bank_id] ${FOLLOW}`).toHaveCount(0);
});

test("so it is where a condition on another model is one on sales", async () => {
    await openOn("customer", { customerSalesReport: "customer.sales.report" });
    expect(getDisplayedFieldNames()).toEqual(["Bank", "City"]);
});

test("elsewhere all is offered", async () => {
    await openOn("customer");
    expect(getDisplayedFieldNames()).toInclude("Email");
    expect(`[data-name=bank_id] ${FOLLOW}`).toHaveCount(1);
});
