import { h } from "../dom.js";

export const warnings = ({ data }) => h("ul", { class: "notes", "aria-label": "What to look at" }, data.warnings.length === 0
    ? h("li", { class: "calm" }, "Nothing to look at.")
    : data.warnings.map(text => h("li", null, text)));
