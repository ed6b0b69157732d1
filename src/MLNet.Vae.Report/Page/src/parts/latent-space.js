import { axis, Chart, tooltip } from "../chart.js";
import { choice, h } from "../dom.js";
import { count, number, percent } from "../format.js";
import { principalComponents, project } from "../math/pca.js";
import { normal, uniform } from "../math/random.js";
import { quantile, sortedCopy } from "../math/statistics.js";
import { umap } from "../math/umap.js";
import { heading } from "./heading.js";
import { rowNote } from "./row-note.js";

const UmapRows = 5000, Thumbnail = 84;

export function latentSpace(report) {
    const space = new LatentSpace(report);
    report.latentSpace = space;
    return space.elements();
}

class LatentSpace {
    constructor(report) {
        this.report = report;
        const { model, rows, use, colors } = report.data;
        this.width = model.latentDimension;
        this.rows = rows;
        this.view = this.width > 2 ? "pca" : "dimensions";
        [this.x, this.y] = [use.order[0], use.order[1] ?? use.order[0]].sort((a, b) => a - b);
        this.color = colors[0];
        this.hidden = new Set();
        this.chart = new Chart(report, "scatter", theme => this.#option(theme));
        this.chart.on("click", ({ data }) => report.selection.selectRow(data[2], "latentSpace"));
        this.chart.resized = () => this.#placeMarker();
        this.marker = h("div", { class: "marker", "aria-hidden": "true" });
        this.legend = h("ul", { class: "legend" });
        this.progress = h("p", { class: "progress", role: "status" });
        this.status = h("p", { class: "caption" });
        report.onTheme(() => this.#drawLegend());
        report.selection.onChange(() => this.#placeMarker());
        this.#locate();
    }

    elements() {
        const { data } = this.report;
        const dimensions = Array.from({ length: this.width }, (_, l) => [`${l}`, `z${l}`]);
        const pick = axisName => choice(axisName === "x" ? "across" : "up", dimensions, `${this[axisName]}`, value => {
            this[axisName] = Number(value);
            this.#changed();
        });
        this.pair = h("span", { class: "controls" }, pick("x"), pick("y"));
        const views = [["dimensions", "two dimensions"], ["pca", "principal components"], ["umap", "UMAP"]];
        const controls = [
            this.width > 2 ? choice("view", views, this.view, value => this.setView(value)) : null,
            this.width > 2 ? this.pair : null,
            data.colors.length > 1 ? choice("colour", data.colors.map(({ name }, i) => [`${i}`, name]), "0", value => {
                this.color = data.colors[value];
                this.hidden.clear();
                this.#changed();
            }) : null,
        ];
        this.pair.hidden = this.view !== "dimensions";
        this.#drawLegend();
        const where = data.model.latent.embeddingOfRow;
        const click = data.parts.includes("explorer") ? " Click a point to decode it." : "";
        return [
            heading("Latent space", `Each point is a row, at ${where}.${click}`),
            h("div", { class: "controls bar" }, controls),
            h("div", { class: "plot" }, this.chart.element, this.marker, this.progress),
            this.legend,
            this.status,
        ];
    }

    async setView(view) {
        this.view = view;
        this.pair.hidden = view !== "dimensions";
        if (view === "umap" && !this.umapPoints) {
            this.progress.textContent = "UMAP …";
            try {
                this.umapPoints = await this.#umap();
            } catch (error) {
                this.view = "pca";
                this.status.textContent = `UMAP could not run: ${error.message}`;
            }
            this.progress.textContent = "";
        }
        this.#changed();
    }

    async #umap() {
        const { rows, width } = this;
        const step = Math.ceil(rows.count / UmapRows);
        const taken = Array.from({ length: Math.ceil(rows.count / step) }, (_, i) => i * step);
        const values = new Float32Array(taken.length * width);
        taken.forEach((row, i) => values.set(rows.embedding.subarray(row * width, (row + 1) * width), i * width));
        const points = await umap(
            values,
            taken.length,
            width,
            this.report.data.seed,
            done => { this.progress.textContent = `UMAP … ${percent(done, 0)}`; }
        );
        const all = new Float32Array(2 * rows.count).fill(NaN);
        taken.forEach((row, i) => all.set(points.subarray(2 * i, 2 * i + 2), 2 * row));
        return all;
    }

    #changed() {
        this.#locate();
        this.#drawLegend();
        this.chart.update();
        this.#placeMarker();
    }

    // Where each row lies in the view.
    #locate() {
        const { rows, width } = this;
        this.points = new Float32Array(2 * rows.count);
        this.pca = this.view === "pca" ? this.components ??= principalComponents(rows.embedding, rows.count, width) : null;
        const random = uniform(1);
        const spread = this.report.data.model.latent.hasCodes ? 0.008 * this.#scale() : 0;
        for (let row = 0; row < rows.count; row++) {
            const at = this.view === "umap"
                ? this.umapPoints.subarray(2 * row, 2 * row + 2)
                : this.#place(rows.embedding, row * width, row);
            this.points[2 * row] = at[0] + spread * normal(random);
            this.points[2 * row + 1] = at[1] + spread * normal(random);
        }
        this.axes = this.view === "pca"
            ? this.components.shares.map((share, k) => `component ${k + 1} · ${percent(share, 0)} of the variance`)
            : this.view === "umap" ? ["UMAP 1", "UMAP 2"]
            : [`z${this.x}`, width > 1 ? `z${this.y}` : rows.score ? "score" : ""];
        const missing = this.view === "umap"
            ? Array.from({ length: rows.count }, (_, row) => this.points[2 * row]).filter(Number.isNaN).length
            : 0;
        this.status.textContent = (missing > 0 ? `UMAP of ${count(rows.count - missing)} rows. ` : "")
            + (spread > 0 ? "Rows of the same codes are spread a little." : "");
    }

    #scale() {
        const sorted = sortedCopy(this.rows.embedding);
        return quantile(sorted, 0.99) - quantile(sorted, 0.01);
    }

    #place(codes, start, row) {
        if (this.pca)
            return project(codes, start, this.pca);
        return [codes[start + this.x], this.width > 1 ? codes[start + this.y] : row === null ? NaN : this.rows.score?.[row] ?? 0];
    }

    #option(theme) {
        const size = this.rows.count > 3000 ? 4 : this.rows.count > 800 ? 5 : 7;
        return {
            grid: { left: 4, right: 12, top: 12, bottom: 2, outerBoundsMode: "same", outerBoundsContain: "all" },
            xAxis: axis(theme, {
                type: "value",
                scale: true,
                name: this.axes[0],
                axisLabel: { color: theme.muted, fontSize: 11, hideOverlap: true, formatter: value => number(value, 3) },
            }),
            yAxis: axis(theme, {
                type: "value",
                scale: true,
                name: this.axes[1],
                nameGap: 34,
                axisLabel: { color: theme.muted, fontSize: 11, formatter: value => number(value, 3) },
            }),
            tooltip: tooltip(theme, { trigger: "item", formatter: ({ data }) => this.#note(data[2]) }),
            series: this.#series(theme).map(({ color, data }) => ({
                type: "scatter",
                data,
                symbolSize: size,
                progressive: 0,
                itemStyle: { color, opacity: 0.75 },
                emphasis: { scale: 1.8, itemStyle: { opacity: 1, borderColor: theme.card, borderWidth: 1 } },
            })),
        };
    }

    #series(theme) {
        const { color, points } = this;
        const data = Array.from(
            { length: this.rows.count },
            (_, row) => [points[2 * row], points[2 * row + 1], row]
        ).filter(([x]) => !Number.isNaN(x));
        if (!color)
            return [{ color: theme.accent, data }];
        if (!color.categories) {
            const [low, high] = this.#range();
            return [{ color: ({ data: [, , row] }) => theme.ramp((color.values[row] - low) / (high - low || 1)), data }];
        }
        const missing = data.filter(([, , row]) => color.values[row] < 0);
        return [
            ...(missing.length > 0 ? [{ color: theme.faint, data: missing }] : []),
            ...color.categories.map(
                (_, place) => ({
                    color: theme.category(place),
                    data: this.hidden.has(place) ? [] : data.filter(([, , row]) => color.values[row] === place),
                })
            ),
        ];
    }

    // A few far values would leave all others in one colour.
    #range() {
        const sorted = sortedCopy(this.color.values.filter(Number.isFinite));
        return [quantile(sorted, 0.01), quantile(sorted, 0.99)];
    }

    #note(row) {
        const { report, color, rows } = this;
        const picture = report.images && rows.features
            ? report.images.canvas(
                rows.features.subarray(row * report.images.size, (row + 1) * report.images.size),
                { style: `width: ${report.images.cssWidth(Thumbnail)}px` }
            )
            : null;
        return h("div", { class: "mlnetvae-tip" }, picture, h("div", null, rowNote(report.data, row, color)));
    }

    #drawLegend() {
        const { color, report: { theme } } = this;
        if (!color)
            return;
        if (!color.categories) {
            const [low, high] = this.#range();
            const stops = Array.from({ length: 9 }, (_, i) => theme.ramp(i / 8)).join(", ");
            this.legend.replaceChildren(
                h(
                    "li",
                    { class: "ramp" },
                    number(low, 3),
                    h("span", { style: `background: linear-gradient(90deg, ${stops})` }),
                    number(high, 3)
                )
            );
            return;
        }
        const counts = new Array(color.categories.length).fill(0);
        color.values.forEach(place => { counts[place]++; });
        this.legend.replaceChildren(...color.categories.map((name, place) => counts[place] === 0 ? null : h("li", null, h("button", {
            type: "button",
            "aria-pressed": `${!this.hidden.has(place)}`,
            title: `${name}: ${count(counts[place])} rows. Click to hide or show`,
            style: `--key: ${theme.category(place)}`,
            onclick: () => {
                if (!this.hidden.delete(place))
                    this.hidden.add(place);
                this.#changed();
            },
        }, name))).filter(Boolean));
    }

    // Where the explorer's code lies; UMAP says nothing of codes that it has not seen.
    #placeMarker() {
        const { selection } = this.report;
        const instance = this.chart.instance;
        const at = this.view === "umap"
            ? selection.row === null ? null : [...this.points.subarray(2 * selection.row, 2 * selection.row + 2)]
            : this.width === 1 && selection.row === null ? null
            : this.#place(selection.code, 0, selection.row);
        const visible = instance && this.report.data.parts.includes("explorer") && at !== null && !Number.isNaN(at[0]);
        const [left, top] = visible ? instance.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, at) : [NaN, NaN];
        const inside = left >= 0 && top >= 0 && left <= this.chart.element.clientWidth && top <= this.chart.element.clientHeight;
        this.marker.hidden = !inside;
        this.marker.style.transform = inside ? `translate(${left}px, ${top}px)` : "";
    }
}
