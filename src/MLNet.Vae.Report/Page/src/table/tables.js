import { h } from "../dom.js";

/** A table whose first column is text and whose others are figures. */
export function table(name, head, lines) {
    return h("div", { class: "scroll" }, h("table", { class: name },
        h("thead", null, h("tr", null, head.map((text, place) => h("th", { scope: "col", class: place > 0 ? "number" : null }, text)))),
        h("tbody", null, lines)));
}

export const line = (name, ...cells) => h("tr", null, h("th", { scope: "row", title: name }, name),
    cells.map(cell => h("td", { class: "number" }, cell)));
