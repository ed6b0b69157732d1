import { h } from "../dom.js";
import { count, fixed } from "../format.js";
import { line, table } from "./tables.js";

const measures = { pearson: "Pearson's r", cramersV: "Cramér's V", correlationRatio: "correlation ratio η" };

// A matrix of more columns cannot be read; the worst pairs are of all.
const mostColumns = 40;

// Lines of more columns are lower than a name.
const mostNamed = 20;

/** The worst pairs, and the matrices of real and synthetic rows and of their difference. */
export function associations({ columns, associations: { real, synthetic, rows, error, heldOutError, independentError, worstPairs } }) {
    if (worstPairs.length === 0)
        return null;
    const names = columns.slice(0, mostColumns).map(({ name }) => name);
    const difference = real.map((values, i) => values.map((value, j) => synthetic[i][j] - value));
    return h("div", null,
        h("div", { class: "side-by-side" },
            table("figures-table", ["mean error of pairs", "|difference|"], [
                line("synthetic rows", fixed(error, 4)),
                line("held-out rows: sampling alone", fixed(heldOutError, 4)),
                line("independent columns: no relation", fixed(independentError, 4)),
            ]),
            table("figures-table", ["worst pairs", "measured by", "real", "synthetic"], worstPairs.map(pair => line(
                `${pair.first}, ${pair.second}`, measures[pair.measure], fixed(pair.real, 3), fixed(pair.synthetic, 3)
            )))),
        h("div", { class: "matrices" },
            matrix("Real", names, real), matrix("Synthetic", names, synthetic), matrix("Synthetic − real", names, difference)),
        h("p", { class: "caption" }, "Pearson's correlation between numbers, Cramér's V between categories, the correlation ratio η "
            + `between the two; ${count(rows)} rows of each table. `
            + "Independent columns: the real rows with each column in another random order."
            + (columns.length > mostColumns ? ` The matrices show the first ${mostColumns} of ${count(columns.length)} columns.` : "")));
}

function matrix(title, names, values) {
    const cell = (i, j) => h("i", {
        style: `--value: ${(100 * Math.min(1, Math.abs(values[i][j]))).toFixed(1)}%`,
        class: values[i][j] < 0 ? "negative" : null,
        title: `${names[i]}, ${names[j]}: ${fixed(values[i][j], 3)}`,
    });
    const isNamed = names.length <= mostNamed;
    return h("figure", null, h("figcaption", null, title), h(
        "div",
        {
            class: `matrix${isNamed ? " named" : ""}`,
            style: `--columns: ${names.length}`,
            role: "img",
            "aria-label": `${title}: associations of columns`,
        },
        names.map((name, i) => [isNamed ? h("span", { title: name }, name) : null, names.map((_, j) => cell(i, j))])
    ));
}
