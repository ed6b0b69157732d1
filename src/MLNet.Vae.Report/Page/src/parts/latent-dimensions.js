import { axis, Chart, tooltip } from "../chart.js";
import { h } from "../dom.js";
import { count, fixed, number, percent, plural } from "../format.js";
import { heading } from "./heading.js";

const NarrowestBars = 360, WidestBar = 72;

export function latentDimensions(report) {
    const { model } = report.data;
    if (model.latent.hasCodes)
        return codebook(report);
    const figures = [dimensions(report)];
    if (report.data.training?.klPerLevel)
        figures.push(levels(report));
    if (model.components)
        figures.push(components(report));
    return [...figures.length === 1 ? [figures[0].head, figures[0].body] : [
        heading("Latent dimensions", figures[0].text),
        h(
            "div",
            { class: "figures wide-first" },
            figures.map(({ title, note, body }) => h("figure", null, h("figcaption", null, title, h("span", null, note)), body))
        ),
    ]];
}

function dimensions(report) {
    const { use, model } = report.data;
    const values = use.kl ?? use.variance;
    const [title, unit] = use.kl ? ["KL by dimension", "nats per row"] : ["Variance by dimension", `of the ${model.latent.embeddingName}`];
    const unused = new Set(use.unused);
    const used = model.latentDimension - unused.size;
    const from = use.kl ? (use.klIsFromTraining ? "at the best epoch" : "over these rows") : "over these rows";
    const text = `${count(used)} of ${plural(model.latentDimension, "dimension")} in use. The most used first, ${unit} ${from}.`;
    const chart = bars(report, use.order.map(l => ({
        name: `z${l}`,
        value: values[l],
        faded: unused.has(l),
        tip: `<b>z${l}</b>${levelOf(model, l)}${unused.has(l) ? ", unused" : ""}<br>`
            + `${use.kl ? `KL ${fixed(use.kl[l], 3)} nats<br>` : ""}variance of the posterior mean ${number(use.variance[l], 3)}`,
    })));
    return { title, note: unit, text, head: heading(title, text), body: chart };
}

function levelOf({ levels }, dimension) {
    if (!levels?.length)
        return "";
    let start = 0;
    const level = levels.findIndex(length => dimension < (start += length));
    return `, level ${level + 1}`;
}

function levels(report) {
    const { model, training } = report.data;
    return {
        title: "KL by level",
        note: "from the data up",
        body: bars(
            report,
            training.klPerLevel.map(
                (value, level) => ({
                    name: `level ${level + 1}`,
                    value,
                    tip: `<b>level ${level + 1}</b>, ${plural(model.levels[level], "dimension")}<br>KL ${fixed(value, 3)} nats`,
                })
            )
        ),
    };
}

function components(report) {
    const { model, rows } = report.data;
    const shares = new Float64Array(model.components.length);
    rows.component.forEach(place => { shares[place] += 1 / rows.count; });
    return {
        title: "Components",
        note: "share of these rows",
        body: bars(report, model.components.map(({ weight }, place) => ({
            name: `${place}`,
            value: shares[place],
            place,
            tip: `<b>component ${place}</b><br>${percent(shares[place])} of the rows<br>${percent(weight)} of the prior`,
        })), value => percent(value)),
    };
}

function codebook(report) {
    const { model, rows } = report.data;
    const uses = new Float64Array(model.codebookSize);
    rows.codes.forEach(code => { uses[code]++; });
    const order = Array.from(uses, (_, code) => code).sort((a, b) => uses[b] - uses[a] || a - b);
    const entropy = uses.reduce((sum, n) => n > 0 ? sum - n / rows.codes.length * Math.log(n / rows.codes.length) : sum, 0);
    const used = uses.filter(n => n > 0).length;
    return [
        heading(
            "Use of the codebook",
            `${count(used)} of ${plural(model.codebookSize, "entry", "entries")} in use by these rows, as many as `
                + `${fixed(Math.exp(entropy), 1)} used alike (perplexity). The most used first, share of all codes.`
        ),
        bars(report, order.map(code => ({
            name: `${code}`,
            value: uses[code] / rows.codes.length,
            faded: uses[code] === 0,
            tip: `<b>entry ${code}</b><br>${plural(uses[code], "code")}, ${percent(uses[code] / rows.codes.length)}`,
        })), value => percent(value)),
    ];
}

function bars(report, items, format = value => number(value, 3)) {
    const chart = new Chart(report, "bars", theme => ({
        grid: { left: 8, right: 8, top: 14, bottom: 8, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
        xAxis: axis(theme, {
            type: "category",
            data: items.map(item => item.name),
            splitLine: false,
            axisLabel: { color: theme.muted, fontSize: 11, hideOverlap: true, interval: "auto" },
        }),
        yAxis: axis(theme, {
            type: "value",
            splitNumber: 3,
            axisLine: { show: false },
            axisLabel: { color: theme.muted, fontSize: 11, formatter: format },
        }),
        tooltip: tooltip(theme, {
            trigger: "axis",
            axisPointer: { type: "shadow", shadowStyle: { opacity: 0.15 } },
            formatter: ([item]) => items[item.dataIndex].tip,
        }),
        series: [{
            type: "bar",
            barMaxWidth: 34,
            barCategoryGap: items.length > 60 ? "10%" : "28%",
            data: items.map(item => ({
                value: item.value,
                itemStyle: {
                    color: item.place !== undefined ? theme.category(item.place) : item.faded ? theme.faint : theme.accent,
                    borderRadius: items.length > 60 ? 0 : [3, 3, 0, 0],
                },
            })),
        }],
    }));
    chart.element.style.maxWidth = `${Math.max(NarrowestBars, items.length * WidestBar)}px`;
    return chart.element;
}
