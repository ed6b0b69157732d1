import { h } from "../dom.js";
import { count } from "../format.js";
import { heading } from "./heading.js";

const Size = 64;

export function reconstructions(report) {
    const { images, data: { reconstructions: shown, parts } } = report;
    const style = `width: ${images.cssWidth(Size)}px`;
    const canOpen = parts.includes("explorer");
    const slice = (values, place) => values.subarray(place * images.size, (place + 1) * images.size);
    return [
        heading(
            "Reconstructions",
            `Above the row, below what the decoder makes of ${report.data.model.latent.embeddingOfRow}; `
                + `${count(shown.number.length)} rows, evenly taken.`
        ),
        h("div", { class: "pairs" }, shown.number.map((number, place) => h("figure", {
            title: `row ${count(number)}`,
            class: canOpen ? "open" : null,
            onclick: canOpen ? () => report.selection.selectRow(shown.index[place], "reconstructions") : null,
        }, images.canvas(slice(shown.originals, place), { style }), images.canvas(slice(shown.reconstructions, place), { style })))),
    ];
}
