import { h } from "../dom.js";

/** The head of a part: what it is, and a line that says how to read it. */
export const heading = (title, text, ...controls) => h("header", { class: "head" },
    h("div", null, h("h2", null, title), text ? h("p", null, text) : null),
    controls.length > 0 ? h("div", { class: "controls" }, controls) : null);
