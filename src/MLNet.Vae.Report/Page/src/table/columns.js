import { h } from "../dom.js";
import { count, fixed, number, percent, plural } from "../format.js";
import { line, table } from "./tables.js";

const shownCategories = 8;
const kinds = { category: "category", number: "number", wholeNumber: "whole number" };

/** A line for each column, and a card with its distribution. */
export function columns({ columns: all, synthetic, heldOut }, probabilities) {
    const ordered = [...all].sort((one, other) => other.distance - one.distance);
    return h("div", null,
        table(
            "columns-table",
            ["column", "holds", "distance", "held-out rows", "missing", "in real rows", "not seen in real rows", "not whole"],
            ordered.map(column => line(
                column.name,
                kinds[column.kind],
                fixed(column.distance, 3),
                fixed(column.heldOutDistance, 3),
                percent(column.syntheticMissingShare),
                percent(column.realMissingShare),
                unseen(column, synthetic.rowsRead, heldOut.rowsRead),
                column.kind === "wholeNumber" ? count(column.fractionalRows) : "–"
            ))
        ),
        h("p", { class: "caption" }, "Distance: of categories the total variation, half the sum of differences of shares; of numbers that "
            + "of Kolmogorov and Smirnov, the greatest difference of the distribution functions. 0: the same; 1: nothing in common."),
        h("ul", { class: "keys" }, h("li", { class: "real" }, "real"), h("li", { class: "synthetic" }, "synthetic")),
        h("div", { class: "cards" }, ordered.map(column => card(column, probabilities))));
}

function unseen({ unseenRows, heldOutUnseenRows }, rows, heldOutRows) {
    if (unseenRows === 0)
        return "0";
    return `${count(unseenRows)}, ${percent(unseenRows / rows, 2)} (held-out ${percent(heldOutUnseenRows / heldOutRows, 2)})`;
}

function card(column, probabilities) {
    const notes = [
        column.unseenRows > 0 ? `${plural(column.unseenRows, "row")} not seen in real ones: ${column.unseenValues.join(", ")}` : null,
        column.fractionalRows > 0 ? `${plural(column.fractionalRows, "number")} not whole` : null,
    ].filter(Boolean);
    return h("article", { class: "card" },
        h("header", null, h("b", null, column.name), h("span", { class: "score" }, fixed(column.distance, 3))),
        column.kind === "category" ? categories(column) : numbers(column, probabilities),
        notes.map(note => h("p", { class: "caption" }, note)));
}

function categories({ categories: all, realCategories }) {
    const shown = all.slice(0, shownCategories);
    const most = Math.max(...shown.flatMap(({ realShare, syntheticShare }) => [realShare, syntheticShare]));
    const bar = (kind, share) => h("i", { class: kind, style: `width: ${(100 * share / most).toFixed(2)}%` });
    return h("div", null,
        h("table", { class: "categories" }, h("tbody", null, shown.map(({ name, realShare, syntheticShare }) => h("tr", null,
            h("th", { scope: "row", title: name }, name),
            h("td", { class: "bars" }, bar("real", realShare), bar("synthetic", syntheticShare)),
            h("td", { class: "number" }, percent(realShare)),
            h("td", { class: "number" }, percent(syntheticShare)))))),
        realCategories > shown.length
            ? h("p", { class: "caption" }, `the ${shown.length} most frequent of ${count(realCategories)}`)
            : null);
}

function numbers({ realNumbers: real, syntheticNumbers: synthetic }, probabilities) {
    const at = (numbers, probability) => Number(numbers.quantiles[probabilities.indexOf(probability)]);
    const low = Math.min(...[real, synthetic].map(numbers => at(numbers, 0.01)).filter(Number.isFinite));
    const high = Math.max(...[real, synthetic].map(numbers => at(numbers, 0.99)).filter(Number.isFinite));
    const place = value => high > low ? Math.min(100, Math.max(0, 100 * (value - low) / (high - low))) : 50;
    const strip = (kind, numbers) => {
        if (!Number.isFinite(at(numbers, 0.5)))
            return h("div", { class: "strip" });
        const span = (name, from, to) => h("i", { class: `${name} ${kind}`,
            style: `left: ${place(at(numbers, from)).toFixed(2)}%; right: ${(100 - place(at(numbers, to))).toFixed(2)}%` });
        return h("div", { class: "strip" }, span("whole", 0.05, 0.95), span("half", 0.25, 0.75),
            h("i", { class: "median", style: `left: ${place(at(numbers, 0.5)).toFixed(2)}%` }));
    };
    const row = (name, pick, format = number) => line(name, format(pick(real)), format(pick(synthetic)));
    const quantiles = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1];
    return h("div", null,
        strip("real", real), strip("synthetic", synthetic),
        h("p", { class: "caption" }, Number.isFinite(low)
            ? `5–95 %, 25–75 % and median, on a scale from ${number(low)} to ${number(high)}`
            : "no numbers"),
        table("numbers", ["", "real", "synthetic"], [
            row("mean", numbers => numbers.mean),
            row("deviation", numbers => numbers.standardDeviation),
            ...quantiles.map(p => row(p === 0 ? "least" : p === 1 ? "greatest" : `${100 * p} %`, numbers => at(numbers, p))),
            row("zeros", numbers => numbers.zeroShare, percent),
        ]));
}
