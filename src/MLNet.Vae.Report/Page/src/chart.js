import { init, use } from "echarts/core";
import { BarChart, CustomChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, MarkAreaComponent, MarkLineComponent, MarkPointComponent, TooltipComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";
import { h } from "./dom.js";

use([
    BarChart,
    CustomChart,
    LineChart,
    ScatterChart,
    GridComponent,
    MarkAreaComponent,
    MarkLineComponent,
    MarkPointComponent,
    TooltipComponent,
    CanvasRenderer,
]);

/** A chart that is drawn again when the theme changes and fits its element at any width. */
export class Chart {
    /** @param draw theme => option of ECharts */
    constructor(report, kind, draw) {
        this.element = h("div", { class: `chart ${kind}` });
        this.report = report;
        this.draw = draw;
        new ResizeObserver(() => this.#resize()).observe(this.element);
        report.onTheme(() => this.update());
    }

    /** Draws anew, from the start. */
    update() {
        if (!this.instance)
            return;
        this.instance.setOption({ ...base(this.report.theme), ...this.draw(this.report.theme) }, { notMerge: true });
    }

    on(event, listener) {
        this.listeners = [...(this.listeners ?? []), [event, listener]];
        this.instance?.on(event, listener);
    }

    // ECharts wants to know a size: the instance is made when the element has one.
    #resize() {
        if (this.element.clientWidth === 0)
            return;
        if (this.instance) {
            this.instance.resize();
            this.resized?.();
            return;
        }
        this.instance = init(this.element, null, { renderer: "canvas" });
        this.listeners?.forEach(([event, listener]) => this.instance.on(event, listener));
        this.update();
        this.resized?.();
    }
}

function base(theme) {
    return {
        animation: false,
        textStyle: { fontFamily: theme.font, color: theme.muted, fontSize: 12 },
        tooltip: tooltip(theme),
    };
}

export function tooltip(theme, more) {
    return {
        confine: true,
        transitionDuration: 0,
        backgroundColor: theme.card,
        borderColor: theme.line,
        padding: [8, 10],
        textStyle: { color: theme.ink, fontSize: 12, fontFamily: theme.font },
        extraCssText: "box-shadow: 0 4px 16px rgba(0, 0, 0, .16); border-radius: 8px;",
        ...more,
    };
}

export function axis(theme, more) {
    const { splitLine = true, nameGap = 26, ...rest } = more ?? {};
    return {
        axisLine: { show: true, lineStyle: { color: theme.line } },
        axisTick: { show: false },
        axisLabel: { color: theme.muted, fontSize: 11, hideOverlap: true },
        splitLine: { show: splitLine, lineStyle: { color: theme.line, opacity: 0.6 } },
        nameLocation: "middle",
        nameGap,
        nameTextStyle: { color: theme.muted, fontSize: 12 },
        ...rest,
    };
}

/** Ends and steps of an axis that are round numbers. */
export function niceAxis(low, high, steps = 4) {
    const span = high - low || Math.abs(high) || 1;
    const unit = 10 ** Math.floor(Math.log10(span / steps));
    const interval = [1, 2, 2.5, 5, 10].map(factor => factor * unit).find(step => span / step <= steps + 0.5);
    return { min: Math.floor(low / interval + 1e-9) * interval, max: Math.ceil(high / interval - 1e-9) * interval || interval, interval };
}
