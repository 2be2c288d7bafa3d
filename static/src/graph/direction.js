import { localization } from "@web/core/l10n/localization";

/**
 * Graphs that run as their page reads: from right to left in pages that do, with the amounts where
 * the first bar is, as the charts of the app that are not Odoo's.
 */
export const withDirectionOfPage = (Renderer) =>
    class extends Renderer {
        get isRightToLeft() {
            return localization.direction === "rtl";
        }

        getScaleOptions() {
            const options = super.getScaleOptions();
            if (this.isRightToLeft && options.x) {
                options.x.reverse = true;
                options.y.position = "right";
            }
            return options;
        }

        getLegendOptions() {
            return { ...super.getLegendOptions(), rtl: this.isRightToLeft };
        }
    };
