import { button, h } from "../dom.js";
import { count, duration, fixed, number, percent, plural } from "../format.js";
import { detection } from "../math/statistics.js";

export function summary(report) {
    const { data } = report;
    const { model } = data;
    return [
        h("header", { class: "title" },
            h("div", null,
                h("h1", null, data.title),
                h(
                    "p",
                    null,
                    [
                        model.architecture,
                        `${model.latent.sizes}${model.condition ? `, given ${model.condition.column}` : ""}`,
                        data.table ? plural(data.table.modelled, "column") : model.likelihood,
                    ].join(" · ")
                )),
            button("", () => report.toggleTheme(), { class: "theme", "aria-label": "Light or dark", title: "Light or dark" })),
        h(
            "dl",
            { class: "tiles" },
            [...tiles(data)].map(([name, value, note]) => h(
                "div",
                null,
                h("dt", null, name),
                h("dd", null, value),
                note ? h("p", null, note) : null
            ))
        ),
    ];
}

function* tiles({ model, training, rows, use, table }) {
    if (training) {
        const best = training.epoch.indexOf(training.bestEpoch);
        const error = training.finalValidationStandardError;
        const held = training.finalValidationElbo ?? training.validationElbo[best];
        if (!model.latent.hasPrior)
            yield ["Reconstruction loss", fixed(training.reconstruction[best], 2), "nats per row"];
        else
            yield [
                "Bound",
                fixed(Number.isFinite(held) ? held : training.elbo[best], 2),
                Number.isFinite(held)
                    ? `${error === null ? "" : `± ${fixed(error, 2)} `}nats per row, held out`
                    : "nats per row, trained on",
            ];
    }
    if (model.latent.hasCodes) {
        yield ["Codebook entries in use", `${count(new Set(rows.codes).size)} of ${count(model.codebookSize)}`, "by these rows"];
    } else {
        yield [
            "Dimensions in use",
            `${count(model.latentDimension - use.unused.length)} of ${count(model.latentDimension)}`,
            "posterior mean varies",
        ];
    }
    yield ["Rows", count(rows.total), rows.count < rows.total ? `${count(rows.count)} shown here` : null];
    if (rows.score && model.threshold !== null)
        yield [
            "Above the threshold",
            percent(table ? table.flagged / table.scored : detection(rows.score, null, model.threshold).share),
            table
                ? `${count(table.flagged)} of ${plural(table.scored, "row")}, score above ${number(model.threshold)}`
                : `score above ${number(model.threshold)}`,
        ];
    if (training)
        yield ["Trained in", duration(training.seconds), `${plural(training.epoch.length, "epoch")}, best ${count(training.bestEpoch)}`];
}
