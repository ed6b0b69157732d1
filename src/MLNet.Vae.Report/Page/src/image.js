import { h } from "./dom.js";

/** Pictures of one shape on canvases; what black and white are is the report's. */
export class Images {
    constructor({ height, width, channels, interleaved, minimum, maximum }) {
        Object.assign(this, { height, width, channels, interleaved, minimum, maximum });
        this.size = height * width * channels;
    }

    canvas(pixels, attributes) {
        const canvas = h("canvas", { width: this.width, height: this.height, class: "image", ...attributes });
        if (pixels)
            this.draw(canvas, pixels);
        return canvas;
    }

    /** @param pixels bytes as they are, floats by the range */
    draw(canvas, pixels, offset = 0) {
        canvas.getContext("2d").putImageData(this.data(pixels, offset), 0, 0);
    }

    data(pixels, offset = 0) {
        const image = new ImageData(this.width, this.height);
        const area = this.width * this.height;
        const [step, plane] = this.interleaved ? [this.channels, 1] : [1, area];
        for (let i = 0; i < area; i++) {
            for (let c = 0; c < 3; c++) {
                const value = pixels[offset + i * step + (this.channels === 1 ? 0 : c * plane)];
                image.data[4 * i + c] = pixels instanceof Uint8Array ? value : this.byte(value);
            }
            image.data[4 * i + 3] = 255;
        }
        return image;
    }

    byte(value) {
        return Math.round(255 * Math.min(1, Math.max(0, (value - this.minimum) / (this.maximum - this.minimum))));
    }

    /** How large a picture is shown, in CSS pixels, about so many across. */
    cssWidth(about) {
        const scale = about / Math.max(this.width, this.height);
        return Math.max(1, Math.round(this.width * (scale >= 1 ? Math.floor(scale) : scale)));
    }
}
