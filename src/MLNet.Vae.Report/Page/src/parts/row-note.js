import { h } from "../dom.js";
import { count, number } from "../format.js";
import { anomaly, unknown } from "../math/statistics.js";

/** What is known of a row: an anomaly or normal; nothing where there is no label. */
export const labelTag = label => label === undefined || label === null || label === unknown ? null
    : h("span", { class: label === anomaly ? "tag hot" : "tag" }, label === anomaly ? "anomaly" : "normal");

/** What is known of a row, in lines: its number, the value it is coloured by, its score. */
export function rowNote({ rows }, row, color) {
    const value = color?.values[row];
    return [
        h("b", null, `row ${count(rows.number[row])}`),
        color && color.name !== "score"
            ? h("div", null, `${color.name}: ${color.categories ? color.categories[value] ?? "missing" : number(value)}`)
            : null,
        rows.score ? h("div", null, `score ${number(rows.score[row])}`) : null,
    ];
}
