import { _t } from "@web/core/l10n/translation";
import { Mutex } from "@web/core/utils/concurrency";
import { Reactive } from "@web/core/utils/reactive";
import { toRaw } from "@odoo/owl";
import { freeName } from "./arrangement";

/** The key by which the context of an action or a favorite names a layout. */
export const LAYOUT_KEY = "customer_sales_layout";

/**
 * The layouts of one list, and which of them it shows.
 *
 * @typedef {{
 *  id: number,
 *  name: string,
 *  is_own: boolean,
 *  is_editable: boolean,
 *  is_changed: boolean, a ready-made layout that is not as shipped any more
 *  company_id: number | false,
 *  columns: import("./arrangement").ArrangedColumn[] | null, null for all columns
 * }} Layout
 */
export class ColumnLayouts extends Reactive {
    /**
     * @param {string} resModel the list's model
     * @param {{ orm: Object, notification: Object }} services
     */
    constructor(resModel, { orm, notification }) {
        super();
        this.resModel = resModel;
        this.orm = orm;
        this.notification = notification;
        this.mutex = new Mutex();
        /** @type {Layout[]} */
        this.layouts = [];
        this.defaultId = false;
        this.canShare = false;
        /** The layout shown; false for the list as shipped. */
        this.activeId = false;
        /** An arrangement shown that is not saved yet. */
        this.draft = null;
        /** Whether the next favorite carries the layout. */
        this.isInFavorite = false;
    }

    /** @returns {Layout | undefined} */
    get active() {
        return this.layouts.find((layout) => layout.id === this.activeId);
    }

    get own() {
        return this.layouts.filter((layout) => layout.is_own);
    }

    get shared() {
        return this.layouts.filter((layout) => !layout.is_own);
    }

    /** @param {number} [layoutId] the layout to show; if there is none such, the default */
    async load(layoutId) {
        await this.call("get_layouts");
        this.activate(layoutId ?? this.defaultId);
    }

    /** @param {number | false} layoutId false for the list as shipped */
    activate(layoutId) {
        const exists = !layoutId || this.layouts.some((layout) => layout.id === layoutId);
        this.activeId = exists ? layoutId : this.defaultId;
        this.draft = null;
    }

    async call(method, ...args) {
        const answer = await this.orm.call("customer.sales.layout", method, [
            this.resModel,
            ...args,
        ]);
        this.layouts = answer.layouts;
        this.defaultId = answer.default_id;
        this.canShare = answer.can_share;
        return answer;
    }

    /**
     * @param {Object} values as of the server's `save_layout`
     * @param {number | false} layoutId the layout to change; false for a new one
     */
    async save(values, layoutId) {
        const answer = await this.call("save_layout", values, layoutId);
        this.activate(answer.saved_id);
    }

    async setDefault(layoutId) {
        await this.call("set_default", layoutId);
    }

    async delete(layoutId) {
        await this.call("delete_layout", layoutId);
        this.activate(this.defaultId);
    }

    async reset(layoutId) {
        await this.call("reset_layout", layoutId);
        this.draft = null;
    }

    /**
     * Show and keep an arrangement that the user made in the list itself. What is not the user's
     * own to change stays as it is, and becomes a layout of the user's own.
     *
     * @param {import("./arrangement").ArrangedColumn[]} arrangement
     */
    keep(arrangement) {
        this.draft = arrangement;
        return this.mutex.exec(async () => {
            try {
                if (this.active?.is_own) {
                    await this.call("save_layout", { columns: arrangement }, this.activeId);
                } else {
                    await this.keepAsOwn(arrangement);
                }
            } finally {
                // unless the user has gone on meanwhile
                if (toRaw(this.draft) === toRaw(arrangement)) {
                    this.draft = null;
                }
            }
        });
    }

    async keepAsOwn(arrangement) {
        const name = this.newName;
        const { saved_id } = await this.call("save_layout", {
            name,
            columns: arrangement,
            is_default: this.activeId === this.defaultId,
        });
        this.activeId = saved_id;
        this.notification.add(_t("Your columns are kept in the layout “%s”.", name), {
            type: "info",
        });
    }

    /** A name for a layout of the user's own that is made of the one shown. */
    get newName() {
        const name = this.active ? _t("%s (mine)", this.active.name) : _t("My columns");
        return freeName(
            name,
            this.own.map((layout) => layout.name)
        );
    }
}
