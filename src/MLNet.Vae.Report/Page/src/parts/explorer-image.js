import { h } from "../dom.js";

const Size = 200;

/** The decoded picture, and that of the row whose code was loaded. */
export class ImageView {
    constructor({ images, data: { rows } }) {
        this.images = images;
        this.features = rows.features;
        const style = `width: ${images.cssWidth(Size)}px`;
        this.canvas = images.canvas(null, { style, class: "image large", "data-decoded": "" });
        this.original = images.canvas(null, { style, class: "image large" });
        this.originalFigure = h("figure", { hidden: true }, this.original, h("figcaption", null, "row"));
        this.element = h(
            "div",
            { class: "pictures" },
            h("figure", null, this.canvas, h("figcaption", null, "decoded")),
            this.originalFigure
        );
    }

    draw(values) {
        this.images.draw(this.canvas, values);
    }

    showRow(row) {
        this.originalFigure.hidden = row === null || !this.features;
        if (!this.originalFigure.hidden)
            this.images.draw(this.original, this.features, row * this.images.size);
    }
}
