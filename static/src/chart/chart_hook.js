import { onWillStart, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";

/**
 * Draw a chart on the component's element `canvas`, where it has one, anew at each rendering.
 *
 * @param {() => Object} config what Chart.js is to draw
 */
export function useChart(config) {
    const canvas = useRef("canvas");
    onWillStart(() => loadBundle("web.chartjs_lib"));
    useEffect(() => {
        if (!canvas.el) {
            return;
        }
        const chart = new Chart(canvas.el, config());
        return () => chart.destroy();
    });
}
