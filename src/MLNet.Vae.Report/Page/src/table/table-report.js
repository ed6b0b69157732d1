import { button, h } from "../dom.js";
import { count, fixed, percent } from "../format.js";
import { isDark } from "../theme.js";
import { associations } from "./associations.js";
import { columns } from "./columns.js";
import { privacy } from "./privacy.js";
import { line, table } from "./tables.js";

/** The page: verdicts, and the figures behind each of them. */
export class TableReport {
    constructor(element, data) {
        this.element = element;
        element.dataset.theme = "auto";
        const { quality } = data;
        const part = (name, title, verdict, ...children) => h("section", { class: `part ${name}`, "data-part": name },
            h("div", { class: "head" }, h("div", null, h("h2", null, title), h("p", { class: "verdict" }, verdict))), children);
        element.querySelector("[data-content]").replaceChildren(
            h(
                "section",
                { class: "part summary", "data-part": "summary" },
                h(
                    "div",
                    { class: "title" },
                    h("div", null, h("h1", null, data.title), h("p", null, "Synthetic rows against real ones; beside each figure that of "
                        + "real rows which the model did not see.")),
                    button("", () => this.#toggleTheme(), { class: "theme", "aria-label": "Light or dark" })
                ),
                tiles(quality)
            ),
            part("columns", "Columns", quality.columnsVerdict, columns(quality, data.probabilities)),
            part("associations", "Associations", quality.associations.verdict, associations(quality)),
            quality.detection
                ? part("detection", "Detection", quality.detection.verdict, detection(quality.detection))
                : part("detection", "Detection", "Too few rows to train trees on."),
            ...quality.utility ? [part("utility", `Learning "${quality.utility.labelColumnName}"`, quality.utility.verdict,
                utility(quality.utility))] : [],
            part("privacy", "Privacy", quality.privacy.verdict, privacy(quality.privacy, data.probabilities)),
            part("details", "What was compared", null, details(data))
        );
    }

    #toggleTheme() {
        this.element.dataset.theme = isDark(this.element) ? "light" : "dark";
        document.documentElement.style.colorScheme = this.element.dataset.theme;
    }
}

function tiles({ associations: pairs, columns: all, detection: told, utility: learned, privacy: near }) {
    const mean = name => all.reduce((sum, column) => sum + column[name], 0) / all.length;
    const tile = ([name, value, note]) => h("div", null, h("dt", null, name), h("dd", null, value), h("p", null, note));
    return h("dl", { class: "tiles" }, [
        ["Distance of columns", fixed(mean("distance"), 3), `held-out rows ${fixed(mean("heldOutDistance"), 3)}`],
        ["Error of associations", fixed(pairs.error, 3),
            `held-out rows ${fixed(pairs.heldOutError, 3)}, independent columns ${fixed(pairs.independentError, 3)}`],
        told && ["Told from real rows", fixed(told.area, 3), `area under the ROC curve, ± ${fixed(told.standardError, 3)}; 0.5 is chance`],
        learned && ["F1 against real rows", fixed(learned.f1Ratio, 2),
            `${fixed(learned.synthetic.f1, 3)} and ${fixed(learned.real.f1, 3)}, of held-out rows`],
        ["Nearer than 5 %", percent(near.syntheticNearShare), `to a training row, of held-out rows ${percent(near.heldOutNearShare)}`],
        ["Exact copies", percent(near.syntheticCopyShare, 2), `of a training row, of held-out rows ${percent(near.heldOutCopyShare, 2)}`],
    ].filter(Boolean).map(tile));
}

function detection(told) {
    const row = (name, area, error) => line(name, fixed(area, 3), fixed(error, 3));
    return h("div", null,
        table("figures-table", ["told from held-out rows", "area under the ROC curve", "standard error"], [
            row("synthetic rows", told.area, told.standardError),
            row("training rows (control)", told.controlArea, told.controlStandardError),
        ]),
        h("p", { class: "caption" }, `FastTree with its defaults; ${count(told.rows)} rows of each table, one half trains and the other is `
            + "tested. Standard errors by DeLong, DeLong and Clarke-Pearson (1988)."));
}

function utility({ real, synthetic, scoredClass, classes, trainingRows, testRows, f1Ratio, areaRatio, accuracyRatio }) {
    const f1 = scoredClass === null ? "F1, mean of the classes" : `F1 of ${scoredClass}`;
    const row = (name, scores) => line(name, fixed(scores.f1, 3), fixed(scores.area, 3), fixed(scores.accuracy, 3));
    return h("div", null,
        table("figures-table", ["trained on", f1, "area under the ROC curve", "accuracy"], [
            row("synthetic rows", synthetic),
            row("real rows", real),
            row("ratio", { f1: f1Ratio, area: areaRatio, accuracy: accuracyRatio }),
        ]),
        h("p", { class: "caption" }, `FastTree with its defaults; ${count(trainingRows)} rows train each, ${count(testRows)} held-out rows `
            + `test both. ${count(classes.length)} classes: ${classes.join(", ")}`
            + (scoredClass === null ? "." : `; ${scoredClass} is the rarer one in training.`)));
}

function details({ quality, seed }) {
    const rows = ({ rows, rowsRead }) => rowsRead < rows
        ? `${count(rowsRead)} of ${count(rows)}, one drawn from each of as many equal stretches`
        : `all ${count(rows)}`;
    const fact = (name, value) => [h("dt", null, name), h("dd", null, value)];
    const { privacy: near, associations: pairs } = quality;
    return h("div", { class: "facts" }, h("dl", null,
        fact("Real rows (training)", rows(quality.real)),
        fact("Held-out rows", rows(quality.heldOut)),
        fact("Synthetic rows", rows(quality.synthetic)),
        fact("Associations", `of ${count(pairs.rows)} rows of each table, drawn at random`),
        fact("Closest training row", `of ${count(near.syntheticRows)} synthetic and ${count(near.heldOutRows)} held-out rows, among `
            + `${count(near.realRows)} real ones`),
        fact("Exact copies", `of all rows read, among all ${count(quality.real.rows)} real rows`),
        fact("Seed", String(seed)),
        quality.setAside.length > 0 ? fact("Columns set aside", quality.setAside.join(" ")) : []));
}
