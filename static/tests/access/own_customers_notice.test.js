import { expect, test } from "@odoo/hoot";
import { tick } from "@odoo/hoot-mock";
import { makeMockEnv, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { leaveOutTills } from "@customer_sales_report/../tests/without_tills";
import { ownCustomersNotice } from "@customer_sales_report/access/own_customers_notice";
import { user } from "@web/core/user";
import { EventBus } from "@odoo/owl";

defineMailModels();

/** The service for a user in some groups; what it tells becomes steps. */
const start = async (groups, settings = {}) => {
    leaveOutTills();
    await makeMockEnv();
    patchWithCleanup(user, {
        hasGroup: async (group) => groups.includes(group.split("customer_sales_").pop()),
        setUserSettings: (key, value) => expect.step(`${key} ${value}`),
        settings: { id: 1, ...settings },
    });
    const action = { currentController: null };
    const told = [];
    const notification = {
        add: (_message, options) => {
            expect.step(`${options.title}`);
            told.push(options);
            return options.onClose;
        },
    };
    const bus = new EventBus();
    ownCustomersNotice.start({ bus }, { action, notification });
    const open = async (values) => {
        action.currentController = { action: values };
        bus.trigger("ACTION_MANAGER:UI-UPDATED");
        for (let turn = 0; turn < 5; turn++) {
            await tick();
        }
    };
    return { open, told };
};

test("told once, in this app alone, and remembered on the server", async () => {
    const { open, told } = await start(["user"]);
    await open({ res_model: "sale.order" });
    await open({ res_model: false, tag: "menu" });
    expect.verifySteps([]);
    await open({ res_model: "customer.sales.report" });
    expect.verifySteps(["You see your own customers"]);
    told[0].buttons[0].onClick();
    expect.verifySteps(["customer_sales_own_told true"]);
    await open({ res_model: "customer.sales.report" });
    expect.verifySteps([]);
});

test("told on screens that are no views as well", async () => {
    const { open } = await start(["user"]);
    await open({ tag: "customer_sales_report.segments" });
    expect.verifySteps(["You see your own customers"]);
});

test("who has been told is not told again", async () => {
    const { open } = await start(["user"], { customer_sales_own_told: true });
    await open({ res_model: "customer.sales.report" });
    expect.verifySteps([]);
});

test("who sees all customers is not told", async () => {
    const { open } = await start(["user", "all"]);
    await open({ res_model: "customer.sales.report" });
    expect.verifySteps([]);
});
