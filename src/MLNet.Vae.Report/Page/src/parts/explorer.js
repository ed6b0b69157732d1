import { button, choice, h, nextFrame } from "../dom.js";
import { count, fixed, number } from "../format.js";
import { normal, uniform } from "../math/random.js";
import { heading } from "./heading.js";
import { FeatureView } from "./explorer-features.js";
import { ImageView } from "./explorer-image.js";
import { conditionControl } from "./explorer-condition.js";
import { rowNote } from "./row-note.js";
import { priorDraw, settleLevels } from "../prior.js";

const FirstSliders = 8, Smoothing = 0.9, WarmUp = 3;

export function explorer(report) {
    const view = new Explorer(report);
    report.explorer = view;
    return view.elements();
}

class Explorer {
    constructor(report) {
        this.report = report;
        this.selection = report.selection;
        this.random = uniform(report.data.seed + 1);
        this.frames = 0;
        this.view = report.images && report.data.model.targetCount === 0 ? new ImageView(report) : new FeatureView(report);
        this.timing = h("p", { class: "caption timing", role: "status" }, "opening the decoder …");
        this.source = h("p", { class: "source" });
        this.condition = conditionControl(report, () => this.#moved());
        this.sliders = this.#sliders();
        this.selection.onChange(by => {
            this.isMoved = by === "explorer-slider" && this.selection.row !== null;
            this.#show();
        });
        this.#show();
    }

    elements() {
        const { model, use } = this.report.data;
        const [first, rest] = split(use, model.latentDimension);
        const list = dimensions => h("div", { class: "sliders" }, dimensions.map(l => this.sliders[l].element));
        return [
            heading("Explorer", "Move a dimension and see what the decoder makes of it."),
            h("div", { class: "decoded" }, this.view.element),
            h("div", { class: "controls bar" },
                this.condition?.element,
                button(
                    "zero",
                    () => this.selection.setCode(new Float32Array(model.latentDimension), "explorer"),
                    { title: "All dimensions to 0" }
                ),
                button("draw", () => this.#draw(), {
                    title: this.#canDraw() ? "A draw from the prior" : "The code of a row drawn at random",
                })),
            this.source,
            list(first),
            rest.length > 0
                ? h(
                    "details",
                    { class: "more" },
                    h("summary", null, `${count(rest.length)} more, ${rest.every(l => use.unused.includes(l)) ? "unused" : "less used"}`),
                    list(rest)
                )
                : null,
            this.timing,
        ];
    }

    /** What the decoder gave last, in the units of the features. */
    get values() {
        return this.last;
    }

    /** Resolves when what is shown is what the sliders say. */
    async settled() {
        while (this.busy)
            await nextFrame();
    }

    #sliders() {
        const { model, rows, use } = this.report.data;
        return Array.from({ length: model.latentDimension }, (_, l) => {
            const [low, high] = range(model, rows, l);
            const value = h("output", null, "0.00");
            const slider = h("input", {
                type: "range", min: low, max: high, step: "any", value: "0", "aria-label": `z${l}`, "data-dimension": l,
                oninput: () => {
                    this.selection.code[l] = Number(slider.value);
                    this.lastMoved = l;
                    this.#moved();
                },
            });
            const element = h(
                "label",
                { class: use.unused.includes(l) ? "slider unused" : "slider" },
                h("span", null, `z${l}`),
                slider,
                value
            );
            return { element, slider, value };
        });
    }

    #moved() {
        this.selection.changed("explorer-slider");
    }

    // Sliders, text and picture as the selection says.
    #show() {
        const { selection } = this;
        this.#showCode();
        this.condition?.show();
        if (selection.row !== this.shownRow || this.frames === 0) {
            this.shownRow = selection.row;
            this.view.showRow(selection.row);
        }
        const state = `${selection.row} ${this.isMoved}`;
        if (state !== this.shownState) {
            this.shownState = state;
            this.#showSource(selection.row);
        }
        this.#decode();
    }

    #showSource(row) {
        const { data } = this.report;
        const note = row === null
            ? ["a code of its own"]
            : rowNote(data, row, data.colors?.[0]).filter(Boolean).flatMap(part => [part, " "]);
        this.source.replaceChildren(...note, this.isMoved ? h("span", { class: "muted" }, "moved") : "");
    }

    #showCode() {
        this.sliders.forEach(({ slider, value }, l) => {
            const z = this.selection.code[l];
            if (z < Number(slider.min))
                slider.min = `${z}`;
            if (z > Number(slider.max))
                slider.max = `${z}`;
            if (Number(slider.value) !== z)
                slider.value = `${z}`;
            value.textContent = fixed(z, 2);
        });
    }

    async #decode() {
        this.wanted = true;
        if (this.busy)
            return;
        this.busy = true;
        try {
            const decoder = await this.report.decoder;
            // The first runs plan the others, and say nothing of their time.
            for (; this.frames === 0 && this.warmedUp !== WarmUp; this.warmedUp = (this.warmedUp ?? 0) + 1)
                await decoder.run(this.selection.code, this.selection.condition);
            while (this.wanted) {
                this.wanted = false;
                if (this.lastMoved !== undefined && decoder.prior) {
                    await settleLevels(decoder, this.report.data.model, this.selection, this.lastMoved);
                    this.lastMoved = undefined;
                    this.#showCode();
                }
                this.last = await decoder.run(this.selection.code, this.selection.condition);
                this.#time(decoder.milliseconds);
                this.view.draw(this.last);
                this.frames++;
                await nextFrame();
            }
        } catch (error) {
            this.timing.textContent = `The decoder could not be run: ${error.message}`;
            throw error;
        } finally {
            this.busy = false;
        }
    }

    #time(milliseconds) {
        this.milliseconds = this.milliseconds === undefined ? milliseconds : Smoothing * this.milliseconds + (1 - Smoothing) * milliseconds;
        this.timing.textContent = `decoded in ${number(this.milliseconds, 2)} ms, in this browser`;
    }

    #canDraw() {
        const { model, decoder } = this.report.data;
        return model.latent.hasPrior && (decoder.prior !== null || !model.latent.needsPriorGraph);
    }

    async #draw() {
        if (this.#canDraw())
            this.selection.setCode(
                await priorDraw(await this.report.decoder, this.report.data.model, this.selection, () => normal(this.random), this.random),
                "explorer"
            );
        else
            this.selection.selectRow(Math.floor(this.random() * this.report.data.rows.count), "explorer");
    }
}

// The dimensions that matter are at hand, the others folded away; of several levels the decoder reads the lowest, which the others move.
function split({ order, unused }, latentDimension) {
    const used = latentDimension - unused.length;
    const shown = used <= FirstSliders + 2 ? Math.max(1, used) : FirstSliders;
    return [order.slice(0, shown), order.slice(shown)];
}

// Three standard deviations of a standard normal prior, and whatever the rows reach.
function range({ latent: { isStandardNormal } }, { embedding, count: n }, dimension) {
    let [low, high] = isStandardNormal ? [-3, 3] : [Infinity, -Infinity];
    const width = embedding.length / n;
    for (let i = dimension; i < embedding.length; i += width) {
        low = Math.min(low, embedding[i]);
        high = Math.max(high, embedding[i]);
    }
    if (isStandardNormal)
        return [-Math.max(-low, high), Math.max(-low, high)];
    const pad = 0.1 * (high - low) || 1;
    return [Math.min(0, low - pad), Math.max(0, high + pad)];
}
