import { h } from "../dom.js";
import { count, number } from "../format.js";

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
