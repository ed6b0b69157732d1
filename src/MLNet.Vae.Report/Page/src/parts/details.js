import { h } from "../dom.js";
import { count, number } from "../format.js";
import { heading } from "./heading.js";

const MaximumFeatures = 200;

export function details(report) {
    const { facts, features, model } = report.data;
    return [
        heading("Model and data"),
        h("div", { class: "facts" }, Object.entries(facts).map(([group, rows]) => h("section", null,
            h("h3", null, group),
            h("dl", null, rows.map(({ name, value }) => [h("dt", null, name), h("dd", null, value)]))))),
        features
            ? h("details", { class: "more" }, h("summary", null, `${count(model.featureCount)} features`), featureTable(features, model))
            : null,
    ];
}

function featureTable({ names, mean, standardDeviation, minimum, maximum, error, contribution }, { featureCount }) {
    const order = Array.from({ length: featureCount }, (_, i) => i);
    if (contribution)
        order.sort((a, b) => contribution[b] - contribution[a]);
    const columns = [
        ["mean", mean],
        ["standard deviation", standardDeviation],
        ["smallest", minimum],
        ["largest", maximum],
        ["reconstruction error", error],
        ["share of the score", contribution],
    ].filter(([, values]) => values);
    return h("div", { class: "scroll" },
        h("table", { class: "features" },
            h("thead", null, h("tr", null, h("th", null, "feature"), columns.map(([name]) => h("th", { class: "number" }, name)))),
            h("tbody", null, order.slice(0, MaximumFeatures).map(i => h("tr", null,
                h("th", { scope: "row" }, names?.[i] ?? `${i}`),
                columns.map(([, values]) => h("td", { class: "number" }, number(values[i]))))))),
        featureCount > MaximumFeatures
            ? h("p", { class: "caption" }, `The ${MaximumFeatures} ${contribution ? "that contribute most" : "first"}.`)
            : null);
}
