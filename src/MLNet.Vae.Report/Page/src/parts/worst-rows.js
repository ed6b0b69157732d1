import { h } from "../dom.js";
import { count, number } from "../format.js";
import { rank } from "../math/statistics.js";
import { heading } from "./heading.js";
import { labelTag } from "./row-note.js";
import { tableRows } from "./table-rows.js";

const Size = 84, FirstRows = 6;

export function worstRows(report) {
    const { data } = report;
    const { worst } = data;
    if (data.table)
        return tableRows(report);
    const canOpen = data.parts.includes("explorer");
    const cards = worst.rows.map((row, place) => card(report, row, place, canOpen));
    const grid = shown => h("div", { class: "cards" }, shown);
    return [
        heading(
            "Worst rows",
            `The highest scores, and what contributes most to them.${canOpen ? " Click one to open it in the explorer." : ""}`
        ),
        grid(cards.slice(0, FirstRows)),
        cards.length > FirstRows
            ? h("details", { class: "more" }, h("summary", null, `${count(cards.length - FirstRows)} more`), grid(cards.slice(FirstRows)))
            : null,
    ];
}

function card(report, row, place, canOpen) {
    const { data } = report;
    const color = data.colors?.find(({ name }) => name !== "score" && name !== data.rows.labelColumn);
    const tag = color?.categories?.[color.values[row.index]];
    const open = () => {
        report.selection.selectRow(row.index, "worstRows");
        report.element.querySelector(".explorer").scrollIntoView({ block: "nearest", behavior: "smooth" });
    };
    return h("article", {
        class: canOpen ? "card open" : "card",
        tabindex: canOpen ? 0 : null,
        onclick: canOpen ? open : null,
        onkeydown: canOpen ? event => event.key === "Enter" && open() : null,
    },
        h("header", null, h("b", null, `row ${count(row.number)}`), row.name ? h("span", { class: "name" }, row.name) : null,
            tag ? h("span", { class: "tag" }, tag) : null,
            labelTag(data.rows.label?.[row.index]),
            h("span", { class: "score" }, number(row.score))),
        report.images ? pictures(report, place) : null,
        report.images ? null : contributions(data, row));
}

function pictures({ images, data: { worst } }, place) {
    const style = `width: ${images.cssWidth(Size)}px`;
    const slice = values => values.subarray(place * images.size, (place + 1) * images.size);
    return h("div", { class: "pictures" },
        h("figure", null, images.canvas(slice(worst.originals), { style }), h("figcaption", null, "row")),
        h("figure", null, images.canvas(slice(worst.reconstructions), { style }), h("figcaption", null, "reconstructed")),
        h(
            "figure",
            null,
            images.canvas(contributionPixels(images, slice(worst.contributions)), { style }),
            h("figcaption", null, "contribution")
        ));
}

// The largest contribution of the row is white.
function contributionPixels({ size }, values) {
    const largest = values.reduce((a, b) => Math.max(a, rank(b)), 0) || 1;
    return Uint8Array.from({ length: size }, (_, i) => Math.round(255 * share(values[i], largest)));
}

// Of infinite ones the largest is all, and the finite ones are nothing.
function share(contribution, largest) {
    const part = Math.max(0, rank(contribution));
    return part === largest ? 1 : part / largest;
}

function contributions({ features }, row) {
    const largest = Math.max(...row.top.map(({ contribution }) => rank(contribution)), 1e-30);
    return h("table", { class: "contributions" },
        h(
            "thead",
            null,
            h(
                "tr",
                null,
                h("th", null, "feature"),
                h("th", { class: "number" }, "value"),
                h("th", { class: "number" }, "decoded"),
                h("th", { class: "number" }, "contributes"),
                h("th")
            )
        ),
        h("tbody", null, row.top.map(({ feature, value, reconstruction, contribution }) => h("tr", null,
            h("th", { scope: "row" }, features?.names?.[feature] ?? `${feature}`),
            h("td", { class: "number" }, number(value)),
            h("td", { class: "number" }, number(reconstruction)),
            h("td", { class: "number" }, number(contribution, 3)),
            h(
                "td",
                { class: "bar" },
                h("i", { style: `width: calc((100% - 10px) * ${share(contribution, largest).toFixed(3)})` })
            )))));
}
