import { h } from "../dom.js";
import { count, fixed, percent } from "../format.js";
import { heading } from "./heading.js";

/** The columns of a table: what each adds to scores, how it is modelled, and why. */
export function columns({ data: { table } }) {
    const modelled = table.columns.filter(({ found }) => found).sort((one, other) => other.found.nats - one.found.nats);
    const aside = table.columns.filter(({ found }) => !found);
    const most = Math.max(...modelled.map(({ found }) => found.nats), 1e-30);
    return [
        heading("Columns", `What each adds to the score of a row, nats, the mean of all ${count(table.scored)} rows in which it is there: `
            + "columns at the top are the hardest to tell from the others."),
        h("div", { class: "scroll" }, h("table", { class: "columns-table" },
            head("column", ["nats", "number"], ["", null], ["missing", "number"], ["in training", "number"], ["not in training", "number"],
                ["modelled as", null], ["why", null]),
            h("tbody", null, modelled.map(column => line(column, most))))),
        aside.length > 0
            ? h("details", { class: "more" }, h("summary", null, `${count(aside.length)} set aside`),
                h("table", { class: "columns-table" }, head("column", ["type", null], ["why", null]), h("tbody", null,
                    aside.map(({ name, type, reason }) => h("tr", null,
                        h("th", { scope: "row", title: name }, name), h("td", null, type), h("td", null, reason))))))
            : null,
        h("p", { class: "caption" }, "Not in training: categories that training had not, or numbers and times beyond its range."),
    ];
}

const head = (first, ...others) => h("thead", null, h("tr", null, h("th", { scope: "col" }, first),
    others.map(([name, kind]) => name === "" ? h("td") : h("th", { scope: "col", class: kind }, name))));

function line({ name, type, kind, reason, trainingRows, trainingMissing, found }, most) {
    const { nats, observed, missing, beyond } = found;
    const share = Math.max(0, nats ?? 0) / most;
    return h("tr", null,
        h("th", { scope: "row", title: name }, name),
        h("td", { class: "number" }, fixed(nats ?? NaN, 2)),
        h("td", { class: "bar" }, h("i", { style: `width: calc((100% - 10px) * ${share.toFixed(3)})` })),
        h("td", { class: "number" }, percent(missing / (missing + observed))),
        h("td", { class: "number" }, percent(trainingMissing / trainingRows)),
        h("td", { class: "number" }, count(beyond)),
        h("td", null, `${kind}, of ${type}`),
        h("td", null, reason));
}
