import { axis, Chart, niceAxis, tooltip } from "../chart.js";
import { h } from "../dom.js";
import { number } from "../format.js";

const MaximumTableRows = 60;

/** The decoded features: a table where they are few, else a curve over the slots. */
export class FeatureView {
    constructor(report) {
        const { model, features, rows } = report.data;
        this.report = report;
        this.isTarget = model.targetCount > 0;
        this.count = this.isTarget ? model.targetCount : model.featureCount;
        this.names = (this.isTarget ? features.targetNames : features.names) ?? Array.from({ length: this.count }, (_, i) => `${i}`);
        this.rows = this.isTarget ? null : rows.features;
        this.statistics = this.isTarget ? null : features;
        this.original = null;
        this.isTable = this.count <= MaximumTableRows;
        this.element = this.isTable ? this.#table() : this.#curve();
    }

    draw(values) {
        this.values = values;
        if (this.isTable)
            this.cells.forEach((cell, i) => this.#fill(cell, values[i], i));
        else
            this.#drawCurve();
    }

    showRow(row) {
        this.original = row === null || !this.rows ? null : this.rows.subarray(row * this.count, (row + 1) * this.count);
        if (this.isTable)
            this.cells.forEach(({ original }, i) => { original.textContent = this.original ? number(this.original[i]) : ""; });
        else
            this.#drawCurve();
    }

    #table() {
        this.cells = this.names.map(
            name => ({ name, bar: h("i"), value: h("td", { class: "number" }), original: h("td", { class: "number muted" }) })
        );
        return h("div", { class: "scroll" }, h("table", { class: "features" },
            h(
                "thead",
                null,
                h(
                    "tr",
                    null,
                    h("th", null, "feature"),
                    h("th", { class: "number" }, "decoded"),
                    h("th", { title: this.statistics ? "From the mean, to three standard deviations" : "" }),
                    h("th", { class: "number" }, this.rows ? "row" : "")
                )
            ),
            h(
                "tbody",
                null,
                this.cells.map(({ name, bar, value, original }) => h(
                    "tr",
                    null,
                    h("th", { scope: "row" }, name),
                    value,
                    h("td", { class: "bar" }, bar),
                    original
                ))
            )));
    }

    #fill({ bar, value }, decoded, i) {
        value.textContent = number(decoded);
        const share = this.statistics
            ? (decoded - this.statistics.mean[i]) / (3 * this.statistics.standardDeviation[i] || 1)
            : decoded / (this.largest = Math.max(this.largest ?? 1e-30, Math.abs(decoded)));
        const width = 0.5 * Math.min(1, Math.abs(share));
        bar.style.left = `calc(14px + (100% - 14px) * ${share < 0 ? 0.5 - width : 0.5})`;
        bar.style.width = `calc((100% - 14px) * ${width})`;
    }

    #curve() {
        const { names, report } = this;
        this.chart = new Chart(report, "profile", theme => ({
            grid: { left: 6, right: 10, top: 12, bottom: 8, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
            xAxis: axis(theme, { type: "category", data: names, splitLine: false, boundaryGap: false }),
            yAxis: axis(theme, {
                type: "value",
                scale: true,
                splitNumber: 3,
                axisLabel: { color: theme.muted, fontSize: 11, formatter: value => number(value, 3) },
                ...this.#limits(),
            }),
            tooltip: tooltip(theme, {
                trigger: "axis",
                formatter: items => h(
                    "div",
                    null,
                    h("b", null, names[items[0].dataIndex]),
                    items.map(item => h("div", null, `${item.seriesName} ${number(item.value)}`))
                ),
            }),
            series: this.#series(theme),
        }));
        return this.chart.element;
    }

    #series(theme) {
        const line = (name, values, color, width) => ({
            type: "line",
            name,
            data: values ? Array.from(values) : [],
            showSymbol: false,
            lineStyle: { width, color },
            itemStyle: { color },
            emphasis: { disabled: true },
        });
        return [line("row", this.original, theme.faint, 1.5), line("decoded", this.values, theme.accent, 1.5)];
    }

    #limits() {
        return this.statistics
            ? niceAxis(this.statistics.minimum.reduce((a, b) => Math.min(a, b)), this.statistics.maximum.reduce((a, b) => Math.max(a, b)))
            : {};
    }

    #drawCurve() {
        this.chart.instance?.setOption({ series: this.#series(this.report.theme) });
    }
}
