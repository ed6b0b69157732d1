import { h } from "./dom.js";
import { isDark, readTheme } from "./theme.js";
import { Images } from "./image.js";
import { Decoder } from "./decoder.js";
import { Selection } from "./selection.js";
import { columns } from "./parts/columns.js";
import { details } from "./parts/details.js";
import { explorer } from "./parts/explorer.js";
import { latentDimensions } from "./parts/latent-dimensions.js";
import { latentSpace } from "./parts/latent-space.js";
import { lossCurves } from "./parts/loss-curves.js";
import { manifold } from "./parts/manifold.js";
import { reconstructions } from "./parts/reconstructions.js";
import { scores } from "./parts/scores.js";
import { summary } from "./parts/summary.js";
import { warnings } from "./parts/warnings.js";
import { worstRows } from "./parts/worst-rows.js";

const parts = {
    summary,
    warnings,
    lossCurves,
    latentDimensions,
    latentSpace,
    explorer,
    scores,
    worstRows,
    columns,
    reconstructions,
    manifold,
    details,
};

/** One mounted report or fragment: its data, its theme, and what its parts share. */
export class Report {
    constructor(element, data) {
        this.element = element;
        this.data = data;
        this.images = data.image ? new Images(data.image) : null;
        this.selection = new Selection(data);
        if (data.rows.embedding)
            this.selection.selectRow(0);
        this.themeListeners = [];
        this.isPage = data.parts.length > 1;
        element.classList.toggle("page", this.isPage);
        element.dataset.theme = notebookTheme() ?? "auto";
        this.theme = readTheme(element);
        matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#themeChanged());

        const content = element.querySelector("[data-content]");
        const sections = data.parts.map(name => [name, h("section", { class: `part ${name}`, "data-part": name }, parts[name](this))]);
        content.replaceChildren(...arrange(sections));
    }

    /** The decoder, opened when it is first asked for. */
    get decoder() {
        this.opening ??= Decoder.open(this.element, this.data);
        return this.opening;
    }

    onTheme(listener) {
        this.themeListeners.push(listener);
    }

    toggleTheme() {
        this.element.dataset.theme = isDark(this.element) ? "light" : "dark";
        this.#themeChanged();
    }

    #themeChanged() {
        document.documentElement.style.colorScheme = this.isPage && this.element.dataset.theme !== "auto" ? this.element.dataset.theme : "";
        this.theme = readTheme(this.element);
        this.themeListeners.forEach(listener => listener());
    }
}

// The explorer stands beside the rows, where it is seen when one of them is clicked; pictures stand beside pictures.
const pairs = [["latentSpace", "explorer"], ["reconstructions", "manifold"]];

function arrange(sections) {
    const byName = new Map(sections);
    const arranged = [];
    for (const [name, section] of sections) {
        const pair = pairs.find(names => names.includes(name) && names.every(other => byName.has(other)));
        if (!pair)
            arranged.push(section);
        else if (pair[0] === name)
            arranged.push(h("div", { class: `pair ${name}-pair` }, pair.map(other => byName.get(other))));
    }
    return arranged;
}

// Notebooks say in their own way whether they are dark.
function notebookTheme() {
    const { classList, dataset } = document.body;
    if (classList.contains("vscode-dark") || dataset.jpThemeLight === "false")
        return "dark";
    return classList.contains("vscode-light") || dataset.jpThemeLight === "true" ? "light" : null;
}
