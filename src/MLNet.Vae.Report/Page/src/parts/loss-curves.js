import { axis, Chart, niceAxis, tooltip } from "../chart.js";
import { h } from "../dom.js";
import { count, fixed, number } from "../format.js";
import { heading } from "./heading.js";

export function lossCurves(report) {
    const { training, model } = report.data;
    const charts = [...curves(model, training)].map(curve => h(
        "figure",
        null,
        h("figcaption", null, curve.title, h("span", null, curve.note)),
        figure(report, training, curve)
    ));
    const best = `Dashed line: epoch ${count(training.bestEpoch)}, whose weights the model has.`;
    return [heading("Training", `By epoch, nats per row. ${best}`), h("div", { class: "figures" }, charts)];
}

function* curves({ latent }, { elbo, validationElbo, reconstruction, kl, penalty, perplexity, activeByEpoch, pretraining }) {
    const any = values => values.some(value => Number.isFinite(value) && value !== 0);
    // Bounds of a pretraining are of another prior.
    const bound = elbo.map((value, i) => i < pretraining ? NaN : value);
    if (latent.hasPrior) {
        const held = any(validationElbo);
        yield {
            title: "Bound",
            note: "higher is better",
            lines: held
                ? [["held out", validationElbo.map((value, i) => i < pretraining ? NaN : value), "accent"], ["trained on", bound, "muted"]]
                : [["trained on", bound, "accent"]],
        };
    }
    yield { title: "Reconstruction", note: "−ln p(x | z)", lines: [["trained on", reconstruction, "accent"]] };
    // To codes that are all as likely it is the same for every row.
    if (any(kl) && latent.hasKl)
        yield { title: "KL", note: "to the prior", lines: [["trained on", kl, "accent"]] };
    if (any(penalty))
        yield { title: "Penalty", note: "of the code", lines: [["trained on", penalty, "accent"]] };
    if (any(perplexity))
        yield { title: "Perplexity", note: "entries in use", lines: [["", perplexity, "accent"]] };
    else if (any(kl) && new Set(activeByEpoch).size > 1)
        yield { title: "Active units", note: "dimensions in use", lines: [["", activeByEpoch, "accent"]], step: true };
}

function figure(report, { epoch, bestEpoch }, { lines, step }) {
    const chart = new Chart(report, "curve", theme => ({
        grid: { left: 8, right: 14, top: 14, bottom: 8, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
        xAxis: axis(theme, {
            type: "value",
            min: epoch[0],
            max: Math.max(epoch.at(-1), epoch[0] + 1),
            minInterval: 1,
            splitLine: false,
            axisLabel: { color: theme.muted, fontSize: 11, hideOverlap: true, formatter: value => Number.isInteger(value) ? value : "" },
        }),
        yAxis: axis(theme, {
            type: "value",
            ...range(lines),
            axisLabel: { color: theme.muted, fontSize: 11, formatter: value => number(value, 5) },
        }),
        tooltip: tooltip(theme, tip()),
        series: lines.map(([name, values, color], place) => ({
            type: "line",
            name,
            data: Array.from(values, (value, i) => [epoch[i], Number.isFinite(value) ? value : null]),
            step: step ? "end" : false,
            showSymbol: epoch.length < 2,
            symbolSize: 7,
            connectNulls: false,
            clip: true,
            z: 5 - place,
            lineStyle: { width: place === 0 ? 2 : 1.5, color: theme[color] },
            itemStyle: { color: theme[color] },
            emphasis: { disabled: true },
            markLine: place > 0 ? undefined : {
                silent: true,
                symbol: "none",
                label: { show: false },
                lineStyle: { color: theme.muted, type: [4, 4], width: 1 },
                data: [{ xAxis: bestEpoch }],
            },
            markPoint: place > 0 ? undefined : {
                silent: true,
                symbol: "circle",
                symbolSize: 9,
                label: { show: false },
                itemStyle: { color: theme[color], borderColor: theme.card, borderWidth: 2 },
                data: [{ coord: [bestEpoch, values[epoch.indexOf(bestEpoch)]] }].filter(({ coord }) => Number.isFinite(coord[1])),
            },
        })),
    }));
    const named = lines.filter(([name]) => lines.length > 1 && name);
    return [h("ul", { class: "keys" }, named.map(([name, , color]) => h("li", { style: `--key: var(--${color})` }, name))), chart.element];

    function tip() {
        return {
            trigger: "axis",
            axisPointer: { type: "line", lineStyle: { type: "solid", opacity: 0.4 } },
            formatter: items => `epoch ${count(items[0].value[0])}<br>`
                + items.map(item => `${item.seriesName} <b>${fixed(item.value[1] ?? NaN, 3)}</b>`).join("<br>"),
        };
    }
}

// The first epochs would leave no room for the others.
function range(lines) {
    const values = lines.flatMap(([, all]) => Array.from(all)).filter(Number.isFinite);
    const later = lines.flatMap(([, all]) => Array.from(all).slice(Math.floor(all.length * 0.12))).filter(Number.isFinite);
    let [low, high] = [Math.min(...later), Math.max(...later)];
    const [lowest, highest] = [Math.min(...values), Math.max(...values)];
    const isCut = highest - lowest > 3 * (high - low);
    [low, high] = isCut ? [Math.max(lowest, low - 0.3 * (high - low)), Math.min(highest, high + 0.3 * (high - low))] : [lowest, highest];
    return niceAxis(low, high);
}
