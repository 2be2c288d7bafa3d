import { expect, test } from "@odoo/hoot";
import { waitFor } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    getService,
    models,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { leaveOutTills } from "@customer_sales_report/../tests/without_tills";
import { user } from "@web/core/user";
import { WebClient } from "@web/webclient/webclient";

class Lines extends models.Model {
    _name = "customer.sales.lines";
    _views = { list: `<list><field name="display_name"/></list>` };
}

class Other extends models.Model {
    _name = "other";
    _views = { list: `<list><field name="display_name"/></list>` };
}

defineMailModels();
defineModels([Lines, Other]);

const NOTICE = ".o_notification:contains(You see your own customers)";
const open = async (res_model) => {
    await getService("action").doAction({
        type: "ir.actions.act_window",
        res_model,
        views: [[false, "list"]],
    });
    await animationFrame();
};
const begin = async (groups, settings = {}) => {
    leaveOutTills();
    await mountWithCleanup(WebClient);
    patchWithCleanup(user, {
        hasGroup: async (group) => groups.includes(group.split("customer_sales_").pop()),
        settings: { id: 1, ...settings },
    });
};

test("told once, in this app alone, and remembered on the server", async () => {
    onRpc("res.users.settings", "set_res_users_settings", ({ kwargs }) => {
        expect.step(kwargs.new_settings);
        return kwargs.new_settings;
    });
    await begin(["user"]);
    await open("other");
    expect(NOTICE).toHaveCount(0);
    await open("customer.sales.lines");
    await waitFor(NOTICE);
    await contains(`${NOTICE} button:contains(Got it)`).click();
    expect(NOTICE).toHaveCount(0);
    expect.verifySteps([{ customer_sales_own_told: true }]);
    await open("customer.sales.lines");
    expect(NOTICE).toHaveCount(0);
});

test("who has been told is not told again", async () => {
    await begin(["user"], { customer_sales_own_told: true });
    await open("customer.sales.lines");
    await animationFrame();
    expect(NOTICE).toHaveCount(0);
});

test("who sees all customers is not told", async () => {
    await begin(["user", "all"]);
    await open("customer.sales.lines");
    await animationFrame();
    expect(NOTICE).toHaveCount(0);
});
