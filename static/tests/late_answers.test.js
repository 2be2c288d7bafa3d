/** Slow answers and closed dialogs: whatever comes back late is dropped, and nothing throws. */

import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame, Deferred } from "@odoo/hoot-mock";
import { Component, EventBus, onWillStart, useState, xml } from "@odoo/owl";
import {
    defineModels,
    fields,
    getService,
    makeMockEnv,
    models,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { leaveOutTills } from "@customer_sales_report/../tests/without_tills";
import { ComparedPeriods } from "@customer_sales_report/compared/compared_periods";
import { ExportProgress } from "@customer_sales_report/export/export_progress";
import { showFilter } from "@customer_sales_report/filter/applied_filter";
import { CitiesField } from "@customer_sales_report/filter/cities_field";
import { FilterPreview } from "@customer_sales_report/filter/filter_preview";
import { comesOnScreen, openFilter } from "@customer_sales_report/filter/open_filter";
import { LayoutPanel } from "@customer_sales_report/layout/layout_panel";
import { ColumnLayouts } from "@customer_sales_report/layout/column_layouts";
import { INTERVAL, RefreshState } from "@customer_sales_report/profile/refresh_state";
import { ContactDomainField } from "@customer_sales_report/reach/contact_domain_field";
import { Segments } from "@customer_sales_report/segments/segments";
import { ModelFieldSelector } from "@web/core/model_field_selector/model_field_selector";
import { getDefaultConfig } from "@web/views/view";
import { WebClient } from "@web/webclient/webclient";

class Sale extends models.Model {
    _name = "customer.sales.report";

    city = fields.Char();

    _records = [{ id: 1, city: "Riyadh" }];
    _views = {
        kanban: `<kanban><templates><t t-name="card"><field name="city"/></t></templates></kanban>`,
        search: `<search><filter name="all" string="All" domain="[['city', '!=', False]]"/></search>`,
    };
}

beforeEach(leaveOutTills);
defineMailModels();
defineModels([Sale]);

/**
 * A component that can be closed.
 *
 * @param {Object} [options.sibling] a component to be drawn together with it
 * @returns {{ open: () => void, close: () => Promise<void> }}
 */
async function mountClosable(Child, props, { sibling, env, isOpen = true } = {}) {
    let state;
    class Parent extends Component {
        static components = { Child, ...(sibling ? { Sibling: sibling } : {}) };
        static props = ["*"];
        static template = xml`
            <t t-if="state.isOpen">
                <Child t-props="childProps"/>
                ${sibling ? "<Sibling/>" : ""}
            </t>`;
        setup() {
            this.childProps = props;
            state = this.state = useState({ isOpen });
        }
    }
    await mountWithCleanup(Parent, env ? { env } : {});
    return {
        open: () => (state.isOpen = true),
        close: async () => {
            state.isOpen = false;
            await animationFrame();
        },
    };
}

/** The record of a form, as far as a widget needs it. */
const recordOf = (resModel, data = {}) => ({
    resModel,
    resId: 1,
    context: {},
    data,
    fieldNames: Object.keys(data),
    getChanges: async () => ({ ...data }),
    load: async () => expect.step("loaded"),
    update: async (values) => expect.step(`updated ${Object.keys(values)}`),
});

/** What a server answers when it is told to, and not before. */
function slowRpc(model, method) {
    const answer = new Deferred();
    onRpc(model, method, async () => {
        expect.step(method);
        return answer;
    });
    return answer;
}

describe("the preview of the filter", () => {
    const found = { state: "found", words: "2 lines", previewed: "x" };
    const props = () => ({ record: recordOf("customer.sales.filter", { cities: "" }) });

    test("the dialog is closed before the answer", async () => {
        const answer = slowRpc("customer.sales.filter", "preview");
        const dialog = await mountClosable(FilterPreview, props());
        await advanceTime(400);
        expect.verifySteps(["preview"]);
        await dialog.close();
        answer.resolve(found);
        await animationFrame();
        expect.verifySteps([]);
    });

    test("the dialog is closed before it asks", async () => {
        slowRpc("customer.sales.filter", "preview");
        const dialog = await mountClosable(FilterPreview, props());
        await dialog.close();
        await advanceTime(1000);
        expect.verifySteps([]);
    });

    test("the dialog is closed while it collects what changed", async () => {
        slowRpc("customer.sales.filter", "preview");
        const changes = new Deferred();
        const { record } = props();
        record.getChanges = () => changes;
        const dialog = await mountClosable(FilterPreview, { record });
        await advanceTime(400);
        await dialog.close();
        changes.resolve({});
        await animationFrame();
        expect.verifySteps([]);
    });

    test("the dialog is destroyed before it was drawn", async () => {
        slowRpc("customer.sales.filter", "preview");
        const isDrawn = new Deferred();
        class Slow extends Component {
            static template = xml`<i/>`;
            static props = [];
            setup() {
                onWillStart(() => isDrawn);
            }
        }
        const dialog = await mountClosable(FilterPreview, props(), {
            sibling: Slow,
            isOpen: false,
        });
        dialog.open();
        await animationFrame();
        await dialog.close();
        await advanceTime(1000);
        isDrawn.resolve();
        await animationFrame();
        expect.verifySteps([]);
    });

    test("an older answer that comes last is dropped", async () => {
        const answers = [new Deferred(), new Deferred()];
        let count = 0;
        onRpc("customer.sales.filter", "preview", () => answers[count++]);
        const { record } = props();
        const values = ["Riyadh", "Jeddah"];
        record.getChanges = async () => ({ cities: values[count] });
        const preview = await mountWithCleanup(FilterPreview, { props: { record } });
        await advanceTime(400);
        preview.askSoon();
        await advanceTime(400);
        answers[1].resolve({ ...found, words: "1 line" });
        await animationFrame();
        answers[0].resolve(found);
        await animationFrame();
        expect(".o_customer_sales_preview").toHaveText("1 line");
        expect.verifySteps(["updated previewed"]);
    });
});

test("suggested cities: the dialog is closed before they come", async () => {
    const answer = slowRpc("customer.sales.filter", "suggest_cities");
    const record = recordOf("customer.sales.filter", { cities: "" });
    const dialog = await mountClosable(CitiesField, { record, name: "cities" });
    document.querySelector(".o-autocomplete--input").click();
    await animationFrame();
    expect.verifySteps(["suggest_cities"]);
    await dialog.close();
    answer.resolve(["Riyadh"]);
    await animationFrame();
    expect.verifySteps([]);
});

test("conditions on contacts: the dialog is closed before they are checked", async () => {
    const answer = new Deferred();
    onRpc("/web/domain/validate", async () => {
        expect.step("validate");
        return answer;
    });
    const record = {
        ...recordOf("customer.sales.filter", { partner_domain: "[]" }),
        model: { bus: new EventTarget() },
    };
    const dialog = await mountClosable(ContactDomainField, {
        record,
        name: "partner_domain",
        resModel: "customer.sales.report",
        context: {},
    });
    expect.verifySteps(["validate"]);
    await dialog.close();
    answer.resolve(true);
    await animationFrame();
    expect.verifySteps([]);
});

describe("an applied filter", () => {
    const ACTION = {
        type: "ir.actions.act_window",
        res_model: "customer.sales.report",
        views: [[false, "kanban"]],
    };
    const applied = { facets: [{ name: "cities", description: "Riyadh", domain: "[]" }] };

    test.tags("desktop");
    test("its view was left before the dialog is closed", async () => {
        await mountWithCleanup(WebClient);
        await getService("action").doAction(ACTION);
        let onClose, searchModel;
        const action = { doAction: (_action, options) => ({ onClose } = options) };
        const leaves = comesOnScreen((searchModel = getSearchModel()));
        openFilter(action, searchModel);
        leaves();
        await getService("action").doAction({ ...ACTION, views: [[false, "kanban"]], name: "New" });
        onClose({ customerSales: applied });
        await animationFrame();
        expect(".o_searchview_facet").toHaveCount(0);
    });

    test.tags("desktop");
    test("it is shown twice, quickly", async () => {
        await mountWithCleanup(WebClient);
        await getService("action").doAction(ACTION);
        showFilter(getSearchModel(), applied);
        showFilter(getSearchModel(), applied);
        await animationFrame();
        expect(".o_searchview_facet").toHaveText("Riyadh");
    });

    let searchModels;
    beforeEach(() => {
        searchModels = [];
        patchWithCleanup(odoo.loader.modules.get("@web/search/search_model").SearchModel.prototype, {
            setup() {
                super.setup(...arguments);
                searchModels.push(this);
            },
        });
    });
    const getSearchModel = () => searchModels.at(-1);
});

describe("the progress of an export", () => {
    const running = { state: "running", row_count: 5, rows_done: 1, rows_left: 4, progress: 20 };
    const props = () => ({
        record: recordOf("customer.sales.export.job", running),
        name: "progress",
    });

    test("the dialog is closed before the answer", async () => {
        const answer = slowRpc("customer.sales.export.job", "progress_of");
        const dialog = await mountClosable(ExportProgress, props());
        await advanceTime(1500);
        expect.verifySteps(["progress_of"]);
        await dialog.close();
        answer.resolve({ ...running, state: "done" });
        await animationFrame();
        await advanceTime(3000);
        expect.verifySteps([]);
    });

    test("the dialog is closed before it asks", async () => {
        slowRpc("customer.sales.export.job", "progress_of");
        const dialog = await mountClosable(ExportProgress, props());
        await dialog.close();
        await advanceTime(3000);
        expect.verifySteps([]);
    });

    test("it goes on as long as the dialog is open", async () => {
        const answers = [running, { ...running, state: "done" }];
        onRpc("customer.sales.export.job", "progress_of", () => answers.shift());
        await mountClosable(ExportProgress, props());
        await advanceTime(1500);
        expect.verifySteps([]);
        await advanceTime(1500);
        expect.verifySteps(["loaded"]);
    });
});

describe("the state of the refresh", () => {
    beforeEach(() => {
        onRpc("customer.sales.refresh", "state_of", () => {
            expect.step("state_of");
            return { is_manager: true, as_of: false, progress: null };
        });
    });

    test("the view is left before the refresh has begun", async () => {
        const answer = slowRpc("customer.sales.refresh", "action_refresh_now");
        const { component, view } = await mountRefreshState();
        component.refreshNow();
        await animationFrame();
        expect.verifySteps(["state_of", "action_refresh_now"]);
        await view.close();
        answer.resolve({ type: "ir.actions.client", tag: "none" });
        await animationFrame();
        expect.verifySteps([]);
    });

    test("the refresh itself replaces the view", async () => {
        onRpc("customer.sales.refresh", "action_refresh_now", () => ({ tag: "any" }));
        const { component, view } = await mountRefreshState();
        component.action = {
            doAction: async () => {
                expect.step("doAction");
                await view.close();
            },
        };
        await component.refreshNow();
        expect.verifySteps(["state_of", "doAction"]);
    });

    async function mountRefreshState() {
        let component;
        class Known extends RefreshState {
            setup() {
                super.setup();
                component = this;
            }
        }
        const view = await mountClosable(Known, {});
        return { component, view };
    }
});

test("customers are shown before their past is worked out, and again after", async () => {
    const day = "2026-06-30 00:00:00";
    const answers = [
        { is_manager: false, as_of: false, progress: 85 },
        { is_manager: false, as_of: day, progress: 97 },
        { is_manager: false, as_of: day, progress: 98 },
        { is_manager: false, as_of: day, progress: null },
    ];
    onRpc("customer.sales.refresh", "state_of", () => answers.shift());
    await mountClosable(RefreshState, { onRefreshed: () => expect.step("loaded") });
    expect.verifySteps([]);
    await advanceTime(INTERVAL);
    expect.verifySteps(["loaded"]);
    await advanceTime(INTERVAL);
    expect.verifySteps([]);
    await advanceTime(INTERVAL);
    expect.verifySteps(["loaded"]);
});

test("of two choices of periods, the later one stays", async () => {
    const answers = [new Deferred(), new Deferred()];
    const waiting = [...answers];
    const first = { days: "first", choice: { period: "month" }, choices: {} };
    onRpc("customer.sales.comparison.report", "get_compared_periods", () =>
        waiting.length ? waiting.shift() : first
    );
    const env = await makeMockEnv();
    const searchModel = new EventBus();
    searchModel.context = {};
    let component;
    class Known extends ComparedPeriods {
        setup() {
            super.setup();
            component = this;
        }
    }
    waiting.unshift(first);
    await mountClosable(Known, {}, { env: { ...env, searchModel } });
    searchModel.trigger("update");
    searchModel.trigger("update");
    await animationFrame();
    answers[1].resolve({ ...first, days: "third" });
    await animationFrame();
    answers[0].resolve({ ...first, days: "second" });
    await animationFrame();
    expect(component.state.days).toBe("third");
});

describe("the screen of segments", () => {
    const data = { currency_id: false, segments: [], cells: [] };

    async function mountSegments() {
        let component;
        class Known extends Segments {
            static template = xml`<div class="o_segments"/>`;
            setup() {
                super.setup();
                component = this;
            }
        }
        const env = await makeMockEnv({ config: getDefaultConfig() });
        const view = await mountClosable(Known, { action: {}, actionId: 1 }, { env });
        return { component, view };
    }

    test("it is left before its customers are opened", async () => {
        onRpc("customer.sales.profile", "segments_overview", () => data);
        const { component, view } = await mountSegments();
        const action = new Deferred();
        component.action = { loadAction: () => action, doAction: () => expect.step("doAction") };
        component.openSegment({ id: 1, name: "Champions" });
        await view.close();
        action.resolve({});
        await animationFrame();
        expect.verifySteps([]);
    });

    test("it is left before its figures have come", async () => {
        const answer = slowRpc("customer.sales.profile", "segments_overview");
        let state;
        class Parent extends Component {
            static components = { Segments };
            static props = ["*"];
            static template = xml`<Segments t-if="state.isOpen" action="{}" actionId="1"/>`;
            setup() {
                state = this.state = useState({ isOpen: false });
            }
        }
        const env = await makeMockEnv({ config: getDefaultConfig() });
        await mountWithCleanup(Parent, { env });
        state.isOpen = true;
        await animationFrame();
        expect.verifySteps(["segments_overview"]);
        state.isOpen = false;
        await animationFrame();
        answer.resolve(data);
        await animationFrame();
        expect(".o_customer_sales_segments").toHaveCount(0);
    });

    test("it is left before a cell has its segment", async () => {
        onRpc("customer.sales.profile", "segments_overview", () => data);
        const answer = slowRpc("customer.sales.segment.cell", "write");
        const { component, view } = await mountSegments();
        component.notification = { add: () => expect.step("notified") };
        const cell = { id: 3, segment_id: 1 };
        component.giveCell(cell, { id: 2 });
        await animationFrame();
        await view.close();
        answer.resolve(true);
        await animationFrame();
        expect.verifySteps(["write"]);
    });
});

describe("the columns of a list", () => {
    const answered = { layouts: [], default_id: false, can_share: false, saved_id: 9 };
    const services = (orm) => ({ orm, notification: { add: () => expect.step("notified") } });

    test("what was arranged is kept, however late, one after the other", async () => {
        const answers = [];
        const orm = {
            call: (_model, method, [, values]) => {
                expect.step(`${method} ${values.columns}`);
                const answer = new Deferred();
                answers.push(answer);
                return answer;
            },
        };
        const layouts = new ColumnLayouts("sale", services(orm));
        layouts.layouts = [{ id: 9, is_own: true }];
        layouts.activeId = 9;
        const kept = [layouts.keep(["a"]), layouts.keep(["a", "b"])];
        await animationFrame();
        expect.verifySteps(["save_layout a"]);
        answers[0].resolve({ ...answered, layouts: layouts.layouts });
        await animationFrame();
        expect(layouts.draft).toEqual(["a", "b"]);
        expect.verifySteps(["save_layout a,b"]);
        answers[1].resolve({ ...answered, layouts: layouts.layouts });
        await Promise.all(kept);
        expect(layouts.draft).toBe(null);
    });

    test("the panel is closed before it is saved", async () => {
        onRpc("customer.sales.report", "get_column_groups", () => ({ groups: [], group_of: {} }));
        const saved = new Deferred();
        const { panel, dialog } = await mountPanel({ save: () => saved });
        const done = panel.save();
        await dialog.close();
        saved.resolve();
        await done;
        expect.verifySteps([]);
    });

    test("the panel is closed before it was drawn", async () => {
        const answer = slowRpc("customer.sales.report", "get_column_groups");
        const { dialog } = await mountPanel({}, { isOpen: false });
        dialog.open();
        await animationFrame();
        expect.verifySteps(["get_column_groups"]);
        await dialog.close();
        answer.resolve({ groups: [], group_of: {} });
        await animationFrame();
        expect(".o_customer_sales_layout_panel").toHaveCount(0);
    });

    async function mountPanel(methods, options) {
        let panel;
        class Known extends LayoutPanel {
            static template = xml`<div t-ref="chosen"/>`;
            setup() {
                super.setup();
                panel = this;
            }
        }
        const layouts = new ColumnLayouts("customer.sales.report", services({}));
        Object.assign(layouts, methods);
        const props = {
            layouts,
            list: { arrangement: [], choosableColumns: [], fields: {} },
            close: () => expect.step("closed"),
        };
        const dialog = await mountClosable(Known, props, options);
        return { panel, dialog };
    }
});

test("fields to choose from: the list is closed before they come", async () => {
    const answer = slowRpc("customer.sales.report", "get_reachable_fields");
    const selector = await mountClosable(ModelFieldSelector, {
        readonly: false,
        resModel: "customer.sales.report",
        path: "",
        update: () => {},
    });
    document.querySelector(".o_model_field_selector").click();
    await animationFrame();
    expect.verifySteps(["get_reachable_fields"]);
    await selector.close();
    answer.resolve({});
    await animationFrame();
    expect(".o_model_field_selector_popover").toHaveCount(0);
});
