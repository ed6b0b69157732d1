import { choice, h, nextFrame } from "../dom.js";
import { fixed } from "../format.js";
import { inverseNormal } from "../math/normal.js";
import { quantile, sortedCopy } from "../math/statistics.js";
import { heading } from "./heading.js";

const Cells = 16, MaximumValues = 1 << 21, Width = 640;

export function manifold(report) {
    const view = new Manifold(report);
    report.manifold = view;
    return view.elements();
}

class Manifold {
    constructor(report) {
        const { use, model } = report.data;
        this.report = report;
        this.isStandard = model.latent.isStandardNormal;
        this.side = Math.max(4, Math.min(Cells, Math.floor(Math.sqrt(MaximumValues / report.images.size))));
        [this.x, this.y] = [use.order[0], use.order[1]].sort((a, b) => a - b);
        const { width, height } = report.images;
        this.canvas = h("canvas", {
            class: "image manifold-grid",
            width: this.side * width,
            height: this.side * height,
            style: `width: ${Width}px`,
            onclick: event => this.#open(event),
            onmousemove: event => this.#hover(event),
            onmouseleave: () => { this.caption.textContent = this.text; },
        });
        this.caption = h("p", { class: "caption", role: "status" }, "opening the decoder …");
        report.selection.onChange(() => this.basedOn === this.#base() ? null : this.draw());
        this.draw();
    }

    elements() {
        const { model, use } = this.report.data;
        const dimensions = use.order.map(l => [`${l}`, `z${l}`]);
        const pick = (label, name) => choice(label, dimensions, `${this[name]}`, value => {
            this[name] = Number(value);
            this.draw();
        });
        const others = model.latentDimension > 2 ? " Other dimensions are 0." : "";
        const spacing = this.isStandard
            ? "in equal shares of the prior (inverse normal distribution)"
            : "from the 2nd to the 98th of a hundred rows";
        return [
            heading("Manifold", `What the decoder makes of a grid of two dimensions, ${spacing}.${others}`),
            model.latentDimension > 2 ? h("div", { class: "controls bar" }, pick("across", "x"), pick("up", "y")) : null,
            this.canvas,
            this.caption,
        ];
    }

    /** Draws what is chosen now; while it is at it, a later choice waits, and only the last one is drawn. */
    async draw() {
        this.wanted = true;
        if (this.busy)
            return;
        this.busy = true;
        try {
            const decoder = await this.report.decoder;
            while (this.wanted) {
                this.wanted = false;
                await this.#draw(decoder);
            }
        } catch (error) {
            this.caption.textContent = `The decoder could not be run: ${error.message}`;
            throw error;
        } finally {
            this.busy = false;
        }
    }

    /** Resolves when what is drawn is what is chosen. */
    async settled() {
        while (this.busy)
            await nextFrame();
    }

    async #draw(decoder) {
        const { images, selection, data: { model } } = this.report;
        const { side, x, y } = this;
        this.basedOn = this.#base();
        [this.across, this.up] = [this.#grid(x), this.#grid(y)];
        const codes = new Float32Array(side * side * model.latentDimension);
        for (let cell = 0; cell < side * side; cell++)
            codes.set(this.#code(cell % side, Math.floor(cell / side)), cell * model.latentDimension);
        this.values = await decoder.run(codes, selection.condition);
        const context = this.canvas.getContext("2d");
        for (let cell = 0; cell < side * side; cell++)
            context.putImageData(
                images.data(this.values, cell * images.size),
                cell % side * images.width,
                Math.floor(cell / side) * images.height
            );
        this.text = `z${x} from ${fixed(this.across[0], 2)} to ${fixed(this.across.at(-1), 2)}, `
            + `z${y} from ${fixed(this.up[0], 2)} to ${fixed(this.up.at(-1), 2)}`;
        this.caption.textContent = this.text;
        this.canvas.dataset.drawn = "";
    }

    #base() {
        return this.report.selection.condition.join();
    }

    // Cells in the middle of equal shares.
    #grid(dimension) {
        const shares = Array.from({ length: this.side }, (_, i) => (i + 0.5) / this.side);
        if (this.isStandard)
            return shares.map(inverseNormal);
        const { embedding, count } = this.report.data.rows;
        const width = embedding.length / count;
        const sorted = sortedCopy(Float32Array.from({ length: count }, (_, row) => embedding[row * width + dimension]));
        const [low, high] = [quantile(sorted, 0.02), quantile(sorted, 0.98)];
        return Array.from({ length: this.side }, (_, i) => low + (high - low) * i / (this.side - 1));
    }

    // Up is up: the first line has the highest value.
    #code(column, line) {
        const code = new Float32Array(this.report.data.model.latentDimension);
        code[this.x] = this.across[column];
        code[this.y] = this.up[this.side - 1 - line];
        return code;
    }

    #cell({ offsetX, offsetY }) {
        const at = (offset, size) => Math.min(this.side - 1, Math.max(0, Math.floor(offset / size * this.side)));
        return [at(offsetX, this.canvas.clientWidth), at(offsetY, this.canvas.clientHeight)];
    }

    #hover(event) {
        const [column, line] = this.#cell(event);
        this.caption.textContent = `z${this.x} ${fixed(this.across?.[column], 2)}, z${this.y} ${fixed(this.up?.[this.side - 1 - line], 2)}`;
    }

    #open(event) {
        this.report.selection.setCode(this.#code(...this.#cell(event)), "manifold");
    }
}
