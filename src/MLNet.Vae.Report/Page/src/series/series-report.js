import { button, choice, h } from "../dom.js";
import { count, number, percent } from "../format.js";
import { isDark, readTheme } from "../theme.js";
import { alarmTable } from "./alarms.js";
import { Chart, edge, gutter } from "./chart.js";
import { countSentence, countTiles } from "./counts.js";
import { Pointer } from "./pointer.js";
import { Range } from "./range.js";
import { nearest, stretches } from "./rows.js";
import { TimeScale } from "./time.js";

const channelHeight = 92, scoreHeight = 120, axisHeight = 22;
const flagged = 1, anomalous = 2;

/** The page: figures, charts with one axis of time, and alarms. */
export class SeriesReport {
    constructor(element, data) {
        this.element = element;
        this.data = data;
        this.time = new TimeScale(data.timeKind);
        this.range = new Range(() => this.#schedule());
        this.isLog = false;
        this.row = null;
        element.dataset.theme = "auto";

        this.charts = data.channels.map(name => new Chart(name, channelHeight));
        this.scoreChart = new Chart(data.scoreName, scoreHeight);
        this.axis = h("canvas", { class: "axis", "aria-hidden": "true" });
        this.axis.style.height = `${axisHeight}px`;
        this.line = h("div", { class: "cursor", hidden: true });
        this.mark = h("div", { class: "selection", hidden: true });
        this.stack = h(
            "div",
            { class: "stack", tabindex: 0, role: "group", "aria-label": "Charts of the series. Arrow keys move and zoom, Home shows all." },
            this.scoreChart.element, this.charts.map(chart => chart.element), this.axis, this.line, this.mark
        );
        this.readout = h("p", { class: "readout", "aria-live": "polite" });
        this.seenText = h("span", { class: "caption" });
        this.tiles = h("div", null);
        this.alarms = h("div", null);
        element.querySelector("[data-content]").replaceChildren(...this.#parts());
        this.pointer = new Pointer(this.stack, this.mark, this.range, {
            onCursor: time => this.#cursor(time === null ? null : nearest(this.series.times, time)),
            onStep: step => this.#step(step),
        });
        matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#themeChanged());
        this.#themeChanged();
        this.choose(0);
        new ResizeObserver(() => this.#schedule()).observe(this.stack);
        this.draw();
    }

    /** Shows another series, all of it. */
    choose(place) {
        this.series = this.data.series[place];
        this.flagged = stretches(this.series.marks, flagged);
        this.anomalous = stretches(this.series.marks, anomalous);
        this.row = null;
        this.tiles.replaceChildren(countTiles(this.series.counts, this.series.alarms, this.data.isLabelled));
        this.alarms.replaceChildren(alarmTable(this.series.alarms, {
            channels: this.data.channels,
            isLabelled: this.data.isLabelled,
            time: this.time,
            onshow: alarm => this.show(alarm),
        }));
        this.range.setWhole(this.series.times);
        this.#cursor(null);
    }

    /** Zooms to an alarm, with as much again at either side, and puts the cursor on its highest score. */
    show(alarm) {
        const { times, scores } = this.series;
        const span = Math.max(alarm.to - alarm.from, this.range.least);
        this.range.show(alarm.from - span, alarm.to + span);
        let best = nearest(times, alarm.from);
        for (let i = best; i < times.length && times[i] <= alarm.to; i++) {
            if (scores[i] > scores[best])
                best = i;
        }
        this.#cursor(best);
        this.stack.scrollIntoView({ block: "nearest" });
        this.stack.focus({ preventScroll: true });
    }

    #parts() {
        const { data } = this;
        const section = (name, ...children) => h("section", { class: `part ${name}`, "data-part": name }, children);
        const names = data.series.map(({ name, alarms }, place) => [place, `${name} (${count(alarms.length)} alarms)`]);
        const parts = [
            section(
                "summary",
                h(
                    "div",
                    { class: "title" },
                    h("div", null, h("h1", null, data.title)),
                    button("", () => this.#toggleTheme(), { class: "theme", "aria-label": "Light or dark" })
                ),
                this.tiles,
                data.series.length > 1 ? h("p", { class: "all muted" }, countSentence(data.total, data.series, data.isLabelled)) : null
            ),
        ];
        if (data.stretch > 1) {
            parts.push(section("warnings", h("ul", { class: "notes" }, h("li", { class: "thinned" },
                `Of each ${count(data.stretch)} rows of a series one is drawn, that of the highest score; bands are drawn where any of `
                + "them is marked. Figures and alarms are of all rows."))));
        }
        parts.push(
            section(
                "charts",
                h(
                    "div",
                    { class: "controls bar" },
                    data.keyName ? choice(data.keyName, names, 0, place => this.choose(Number(place))) : null,
                    choice("Score axis", [["linear", "linear"], ["log", "logarithmic"]], "linear", value => {
                        this.isLog = value === "log";
                        this.#schedule();
                    }),
                    button("Zoom in", () => this.range.zoom(0.5)),
                    button("Zoom out", () => this.range.zoom(2)),
                    button("Show all", () => this.range.reset(), { class: "reset" }),
                    this.seenText
                ),
                this.#legend(),
                this.readout,
                this.stack,
                h("p", { class: "caption" }, "Drag or turn the wheel to zoom, drag with shift to move, double click to see all. Keys on "
                    + "the charts: ← → move, ↑ ↓ zoom, shift with ← → moves the cursor by a row, Home shows all.")
            ),
            section("alarms", h("div", { class: "head" }, h("div", null, h("h2", null, "Alarms"),
                h("p", null, "Flagged rows that follow each other. A click shows them in the charts."))), this.alarms)
        );
        return parts;
    }

    #legend() {
        const { data } = this;
        const entry = (kind, text) => h("li", null, h("i", { class: kind }), text);
        return h(
            "ul",
            { class: "series-legend" },
            entry("reading", "reading"),
            data.series[0].expected ? entry("expected", "expected by the model (thin line)") : null,
            data.isLabelled ? entry("true", "true anomaly (strip at the top)") : null,
            entry("predicted", "predicted anomaly (strip at the bottom)"),
            data.threshold === null ? null : entry("threshold", `threshold ${number(data.threshold)} (dashed)`)
        );
    }

    #schedule() {
        if (this.pending)
            return;
        this.pending = requestAnimationFrame(() => this.draw());
    }

    draw() {
        cancelAnimationFrame(this.pending);
        this.pending = 0;
        const { data, series, range, theme, colors } = this;
        const width = this.stack.clientWidth;
        const ticks = this.time.ticks(range.from, range.to, Math.max(2, Math.floor((width - gutter - edge) / 110)));
        const bands = [
            { stretches: this.flagged, color: colors.predicted, atTop: false },
            { stretches: this.anomalous, color: colors.true, atTop: true },
        ];
        const common = { times: series.times, range, bands, ticks, theme, width };
        this.scoreChart.draw({
            ...common,
            lines: [{ values: series.scores, color: theme.ink, width: 1.2 }],
            threshold: data.threshold,
            isLog: this.isLog,
        });
        this.charts.forEach((chart, channel) => chart.draw({
            ...common,
            lines: [
                ...series.expected ? [{ values: series.expected[channel], color: colors.expected, width: 0.9 }] : [],
                { values: series.readings[channel], color: theme.ink, width: 1.4 },
            ],
        }));
        this.#drawAxis(ticks, width);
        this.seenText.textContent = range.isWhole
            ? "all is shown"
            : `${this.time.text(round(range.from))} – ${this.time.text(round(range.to))}`;
        this.#placeCursor();
    }

    #drawAxis(ticks, width) {
        const ratio = window.devicePixelRatio || 1;
        this.axis.width = Math.round(width * ratio);
        this.axis.height = Math.round(axisHeight * ratio);
        const context = this.axis.getContext("2d");
        context.scale(ratio, ratio);
        context.font = `11px ${this.theme.font}`;
        context.fillStyle = this.theme.muted;
        context.textBaseline = "top";
        for (const [time, text] of ticks) {
            const half = context.measureText(text).width / 2;
            context.fillText(text, Math.min(width - 2 * half, Math.max(gutter, this.#x(time, width) - half)), 5);
        }
    }

    #x(time, width) {
        return gutter + (time - this.range.from) / this.range.span * (width - gutter - edge);
    }

    #step(step) {
        const { times } = this.series;
        const start = this.row ?? nearest(times, (this.range.from + this.range.to) / 2) - step;
        const row = Math.min(times.length - 1, Math.max(0, start + step));
        const { from, to, span } = this.range;
        if (times[row] < from || times[row] > to)
            this.range.show(times[row] - span / 2, times[row] + span / 2);
        this.#cursor(row);
    }

    /** Says what is in a row. */
    #cursor(row) {
        this.row = row;
        const { series, time } = this;
        if (row === null) {
            this.readout.textContent = "Point at a chart to read a row.";
            for (const chart of [this.scoreChart, ...this.charts])
                chart.value.textContent = "";
        } else {
            const marks = [[flagged, "predicted anomaly"], [anomalous, "true anomaly"]].filter(([mark]) => series.marks[row] & mark);
            this.readout.textContent = [
                ...this.data.timeKind === "row" ? [] : [time.text(series.times[row])],
                `row ${count(series.numbers[row])}`,
                ...marks.map(([, text]) => text),
            ].join(" · ");
            const score = series.scores[row];
            this.scoreChart.value.textContent = Number.isNaN(score) ? "not judged yet" : number(score);
            const parts = series.channelScores?.map(values => Math.max(0, values[row]));
            const sum = parts?.reduce((a, b) => a + b, 0);
            this.charts.forEach((chart, channel) => {
                const texts = [number(series.readings[channel][row])];
                if (series.expected)
                    texts.push(`expected ${number(series.expected[channel][row])}`);
                if (sum > 0 && !Number.isNaN(score))
                    texts.push(`${percent(parts[channel] / sum, 0)} of the score`);
                chart.value.textContent = texts.join(" · ");
            });
        }
        this.#placeCursor();
    }

    #placeCursor() {
        const time = this.row === null ? NaN : this.series.times[this.row];
        this.line.hidden = !(time >= this.range.from && time <= this.range.to);
        if (!this.line.hidden)
            this.line.style.left = `${this.#x(time, this.stack.clientWidth)}px`;
    }

    #toggleTheme() {
        this.element.dataset.theme = isDark(this.element) ? "light" : "dark";
        this.#themeChanged();
        this.draw();
    }

    #themeChanged() {
        document.documentElement.style.colorScheme = this.element.dataset.theme === "auto" ? "" : this.element.dataset.theme;
        this.theme = readTheme(this.element);
        const read = name => {
            const probe = h("span", null);
            probe.style.color = `var(--${name})`;
            this.element.append(probe);
            const { color } = getComputedStyle(probe);
            probe.remove();
            return color;
        };
        this.colors = { predicted: read("predicted"), true: read("true"), expected: read("expected") };
        if (this.series)
            this.#schedule();
    }
}

// The edges of what is seen lie between rows.
const round = value => Math.round(value * 1000) / 1000;
