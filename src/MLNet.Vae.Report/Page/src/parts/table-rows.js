import { h } from "../dom.js";
import { count, fixed, number, plural } from "../format.js";
import { rank } from "../math/statistics.js";
import { heading } from "./heading.js";
import { labelTag } from "./row-note.js";

const FirstRows = 6, FirstCells = 8;

/** The rows of the highest scores, each cell beside what it should have been. */
export function tableRows({ data: { worst, model, rows: { total } } }) {
    const cards = worst.rows.map(row => card(row, model));
    const grid = shown => h("div", { class: "cards rows" }, shown);
    return [
        heading(
            "Worst rows",
            `The highest scores of all ${count(total)} rows, and for each column what the row holds, what the model expected given the `
                + "whole row, and what it adds to the score, nats; a cell as expected may take some off. A missing cell adds nothing. Rows "
                + "count from 0."
        ),
        grid(cards.slice(0, FirstRows)),
        cards.length > FirstRows
            ? h("details", { class: "more" }, h("summary", null, `${count(cards.length - FirstRows)} more`), grid(cards.slice(FirstRows)))
            : null,
    ];
}

function card(row, model) {
    const largest = Math.max(...row.cells.map(({ nats }) => nats === null ? 0 : rank(nats)), 1e-30);
    const lines = row.cells.map(cell => line(cell, largest));
    const title = `row ${count(row.number)}`;
    return h("article", { class: "card", "aria-label": title },
        h("header", null,
            h("b", null, title),
            row.name === null ? null : h("span", { class: "name", title: row.name }, row.name),
            row.isFlagged === null ? null : h("span", { class: row.isFlagged ? "tag hot" : "tag" },
                `${row.isFlagged ? "above" : "not above"} the threshold, ${number(model.threshold)}`),
            row.pValue === null ? null : h("span", { class: "tag" }, `p ${number(row.pValue, 3)}`),
            labelTag(row.label),
            h("span", { class: "score" }, `${number(row.score)} nats`)),
        cells(lines.slice(0, FirstCells), true),
        lines.length > FirstCells
            ? h("details", { class: "more" }, h("summary", null, `${plural(lines.length - FirstCells, "more column")}`),
                cells(lines.slice(FirstCells), false))
            : null,
        row.otherCells > 0
            ? h("p", { class: "caption" }, `${plural(row.otherCells, "column")} not shown, together ${fixed(row.otherNats, 2)} nats.`)
            : null);
}

const cells = (lines, hasHead) => h("table", { class: "cells" },
    hasHead
        ? h("thead", null, h("tr", null, ["column", "observed", "expected"].map(name => h("th", { scope: "col" }, name)),
            h("th", { scope: "col", class: "number" }, "nats"), h("td")))
        : null,
    h("tbody", null, lines));

function line({ column, observed, expected, nats, note }, largest) {
    const share = nats === null ? 0 : rank(nats) === largest ? 1 : Math.max(0, rank(nats)) / largest;
    return h("tr", { class: observed === null ? "missing" : null },
        h("th", { scope: "row", title: column }, column),
        h("td", { class: "value" },
            observed === null ? h("span", { class: "muted", title: "missing", "aria-label": "missing" }, "—") : observed,
            note ? h("span", { class: "tag hot" }, note) : null),
        h("td", { class: "value" }, expected),
        h("td", { class: "number" }, nats === null ? "" : fixed(nats, 2) === "–" ? number(nats) : fixed(nats, 2)),
        h("td", { class: "bar" }, h("i", { style: `width: calc((100% - 10px) * ${share.toFixed(3)})` })));
}
