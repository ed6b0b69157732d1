import { axis, Chart, tooltip } from "../chart.js";
import { h } from "../dom.js";
import { count, fixed, number, percent } from "../format.js";
import { anomaly, detection, normal, quantile, rank, sortedCopy, unknown } from "../math/statistics.js";
import { heading } from "./heading.js";

const Bins = 60, Steps = 1000, Thumb = 16, FewAnomalies = 0.05;

export function scores(report) {
    const view = new Scores(report);
    report.scores = view;
    return view.elements();
}

class Scores {
    constructor(report) {
        const { rows, model } = report.data;
        this.report = report;
        this.values = rows.score;
        this.labels = rows.label;
        const finite = this.values.filter(Number.isFinite);
        this.sorted = finite.length > 0 ? sortedCopy(finite) : [0];
        this.isBeyond = finite.length < this.values.length;
        this.trained = model.threshold;
        this.threshold = model.threshold ?? quantile(this.sorted, 0.99);
        [this.low, this.high, this.isCut] = this.#range();
        this.bins = this.#bins();
        // Few anomalies would not be seen beside many normal rows.
        this.isLogarithmic = this.labels !== null && detection(this.values, this.labels, -Infinity).precision < FewAnomalies;
        this.chart = new Chart(report, "histogram", theme => this.#option(theme));
        this.chart.resized = () => this.#alignSlider();
        this.slider = h("input", {
            class: "threshold",
            type: "range",
            min: 0,
            max: Steps,
            step: 1,
            "aria-label": "threshold",
            oninput: () => this.setThreshold(this.low + this.slider.value / Steps * (this.high - this.low), true),
        });
        this.field = h("input", {
            type: "number",
            step: "any",
            "aria-label": "threshold",
            onchange: () => this.setThreshold(Number(this.field.value)),
        });
        this.figures = h("dl", { class: "tiles small" });
        this.code = h("code");
        this.setThreshold(this.threshold);
    }

    elements() {
        const { model, rocArea } = this.report.data;
        const whats = {
            neighborDistance: "The distance of each row to training rows, standard deviations",
            negativeElbo: "The negative bound of each row, nats",
            negativeLogLikelihood: "The negative log-likelihood of each row, nats",
        };
        const what = whats[model.scoreKind] ?? "The reconstruction error of each row";
        const logarithmic = h("input", { type: "checkbox", checked: this.isLogarithmic, oninput: () => {
            this.isLogarithmic = logarithmic.checked;
            this.chart.update();
        } });
        return [
            heading(
                "Scores",
                `${what}: the higher, the less like the rows trained on.${rocArea ? ` ${rocArea}` : ""}`,
                h("label", { class: "choice" }, logarithmic, h("span", null, "logarithmic counts"))
            ),
            this.labels
                ? h(
                    "ul",
                    { class: "keys" },
                    h("li", { style: "--key: var(--accent)" }, "normal"),
                    h("li", { style: "--key: var(--accent2)" }, `anomaly (${this.report.data.rows.labelColumn})`),
                    this.labels.includes(unknown) ? h("li", { style: "--key: var(--faint)" }, "no label") : null
                )
                : null,
            this.chart.element,
            this.slider,
            this.figures,
            h(
                "div",
                { class: "controls" },
                h("label", { class: "choice" }, h("span", null, "threshold"), this.field),
                h("p", { class: "caption" }, "to keep it: ", this.code)
            ),
        ];
    }

    setThreshold(threshold, fromSlider = false) {
        if (!Number.isFinite(threshold))
            return;
        this.threshold = threshold;
        if (!fromSlider)
            this.slider.value = `${Math.round((threshold - this.low) / (this.high - this.low) * Steps)}`;
        this.field.value = `${Number(threshold.toPrecision(6))}`;
        this.code.textContent = `transformer.WithThreshold(${Number(threshold.toPrecision(6))})`;
        this.#showFigures();
        this.chart.instance?.setOption({ series: [{ markLine: this.#markLine(this.report.theme) }] });
    }

    // The thumb stands below the line in the chart; the middle of it reaches the ends of the axis.
    #alignSlider() {
        const [left, right] = [this.low, this.high].map(score => this.chart.instance.convertToPixel({ xAxisIndex: 0 }, score));
        this.slider.style.marginLeft = `${left - Thumb / 2}px`;
        this.slider.style.width = `${right - left + Thumb}px`;
    }

    #showFigures() {
        const found = detection(this.values, this.labels, this.threshold);
        const figures = [["flagged", percent(found.share, 2), `${count(found.flagged)} of ${count(this.values.length)} rows`, found.share]];
        if (this.labels) {
            figures.push([
                "precision",
                fixed(found.precision, 3),
                `${count(found.hits)} of ${count(found.labelledFlagged)} flagged`,
                found.precision,
            ]);
            figures.push(["recall", fixed(found.recall, 3), `${count(found.hits)} of ${count(found.anomalies)} anomalies`, found.recall]);
        }
        this.figures.replaceChildren(
            ...figures.map(([name, text, note, value]) => h(
                "div",
                null,
                h("dt", null, name),
                h("dd", { "data-figure": name, "data-value": value }, text),
                h("p", null, note)
            ))
        );
    }

    // A few far scores would leave no room for the others, and infinite ones have none: they share the last bar.
    #range() {
        const { sorted, trained } = this;
        const top = sorted.at(-1);
        const usual = quantile(sorted, 0.995) - sorted[0];
        const cut = sorted[0] + 1.3 * usual;
        const isCut = top - sorted[0] > 4 * usual && usual > 0;
        const high = isCut ? Math.max(cut, trained === null || trained > top ? cut : sorted[0] + 1.15 * (trained - sorted[0])) : top;
        return [sorted[0], high > sorted[0] ? high : sorted[0] + 1, isCut || this.isBeyond];
    }

    #bins() {
        const bins = Array.from({ length: Bins }, () => [0, 0, 0]);
        const width = (this.high - this.low) / Bins;
        this.values.forEach((score, row) => {
            bins[Math.min(Bins - 1, Math.max(0, Math.floor((rank(score) - this.low) / width)))][this.labels?.[row] ?? normal]++;
        });
        return bins.map((rows, i) => ({
            from: this.low + i * width,
            to: this.low + (i + 1) * width,
            normal: rows[normal],
            anomalies: rows[anomaly],
            unknown: rows[unknown],
            all: rows.reduce((sum, some) => sum + some),
        }));
    }

    #option(theme) {
        // One row is seen, none is not.
        const height = n => this.isLogarithmic ? n > 0 ? 1 + Math.log10(n) : 0 : n;
        const rectangle = (low, high, color) => (parameters, api) => {
            const bin = this.bins[parameters.dataIndex];
            const [left, bottom] = api.coord([bin.from, height(low(bin))]);
            const [right, top] = api.coord([bin.to, height(high(bin))]);
            return {
                type: "rect",
                shape: { x: left + 0.5, y: top, width: Math.max(1, right - left - 1), height: bottom - top },
                style: { fill: color },
            };
        };
        const data = this.bins.map(bin => [(bin.from + bin.to) / 2, height(bin.all)]);
        const series = (low, high, color) => ({
            type: "custom",
            renderItem: rectangle(low, high, color),
            data,
            encode: { x: 0, y: 1 },
            clip: true,
        });
        return {
            grid: { left: 8, right: 14, top: 24, bottom: 8, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
            xAxis: axis(theme, {
                type: "value",
                min: this.low,
                max: this.high,
                splitLine: false,
                axisLabel: {
                    color: theme.muted,
                    fontSize: 11,
                    hideOverlap: true,
                    showMinLabel: false,
                    showMaxLabel: false,
                    formatter: value => number(value, 3),
                },
            }),
            yAxis: axis(theme, {
                type: "value", min: 0, splitNumber: 3, minInterval: 1, axisLine: { show: false },
                axisLabel: {
                    color: theme.muted,
                    fontSize: 11,
                    formatter: value => this.isLogarithmic
                        ? value === 0 ? "0" : Number.isInteger(value) ? count(10 ** (value - 1)) : ""
                        : count(value),
                },
            }),
            tooltip: tooltip(theme, {
                trigger: "axis",
                axisPointer: { type: "line", lineStyle: { type: "solid", opacity: 0.3 } },
                formatter: ([item]) => this.#note(this.bins[item.dataIndex], item.dataIndex),
            }),
            series: [
                { ...series(() => 0, bin => bin.normal, theme.accent), markLine: this.#markLine(theme) },
                ...(this.labels ? [
                    series(bin => bin.normal, bin => bin.normal + bin.anomalies, theme.accent2),
                    series(bin => bin.normal + bin.anomalies, bin => bin.all, theme.faint),
                ] : []),
            ],
        };
    }

    #note({ from, to, anomalies, unknown, all }, place) {
        const isLast = this.isCut && place === Bins - 1;
        return h(
            "div",
            null,
            h("b", null, isLast ? `score from ${number(from)}` : `score ${number(from)} to ${number(to)}`),
            h("div", null, `${count(all)} rows${this.labels ? `, ${count(anomalies)} anomalies` : ""}`
                + (unknown > 0 ? `, ${count(unknown)} without a label` : ""))
        );
    }

    #markLine(theme) {
        const data = [this.#line(this.threshold, number(this.threshold), theme.ink, "solid")];
        const isApart = this.trained !== null && Math.abs(this.trained - this.threshold) > 0.08 * (this.high - this.low);
        if (isApart && this.trained >= this.low && this.trained <= this.high)
            data.push(this.#line(this.trained, "the model's", theme.muted, [4, 4]));
        return { silent: true, symbol: "none", animation: false, data };
    }

    // At the ends of the axis the text turns inwards.
    #line(score, text, color, type) {
        const share = (score - this.low) / (this.high - this.low);
        const align = share < 0.1 ? "left" : share > 0.9 ? "right" : "center";
        // A line on the very end is not drawn.
        const inside = this.low + (this.high - this.low) * Math.min(0.999, Math.max(0.001, share));
        return {
            xAxis: inside,
            lineStyle: { color, type, width: 1.5 },
            label: { show: true, formatter: text, color, fontSize: 11, position: "end", align },
        };
    }
}
