import { h } from "../dom.js";
import { count, percent, plural } from "../format.js";

/** Figures of one series. */
export function countTiles(counts, alarms, isLabelled) {
    const unjudged = counts.judged < counts.rows ? "; the others have no score yet" : "";
    const falseAlarms = alarms.filter(alarm => !alarm.overlaps).length;
    const tiles = [
        ["Rows judged", count(counts.judged), `of ${count(counts.rows)}${unjudged}`],
        ["Rows flagged", count(counts.flagged), `${percent(counts.flagged / counts.judged, 2)} of those judged`],
        ["Alarms", count(alarms.length), isLabelled ? `${count(falseAlarms)} without a true anomaly in them` : null],
    ];
    if (isLabelled) {
        const rows = `${plural(counts.labelled, "row")}${counts.labelled < counts.judged ? " with a label" : ""}`;
        tiles.push(
            ["Precision", rate(counts.precision), `${count(counts.found)} of ${count(counts.labelledFlagged)} flagged; ${rows} judged`],
            ["Recall", rate(counts.recall), `${count(counts.found)} of ${count(counts.anomalies)} true; ${rows} judged`],
            ["F1", rate(counts.f1), `${rows} judged`],
            ["False alarms", rate(counts.falseAlarmShare, 2), `of ${plural(counts.labelled - counts.anomalies, "normal row")} judged`]
        );
    }
    const tile = ([name, value, note]) => h("div", null, h("dt", null, name), h("dd", null, value), h("p", null, note));
    return h("dl", { class: "tiles" }, tiles.map(tile));
}

/** The same of all series, in a sentence. */
export function countSentence(total, series, isLabelled) {
    const alarms = series.reduce((sum, { alarms: { length } }) => sum + length, 0);
    return `All ${count(series.length)} series: ${plural(total.rows, "row")}, ${count(total.judged)} judged, `
        + `${count(total.flagged)} flagged, ` + plural(alarms, "alarm")
        + (isLabelled
            ? `; precision ${rate(total.precision)}, recall ${rate(total.recall)}, F1 ${rate(total.f1)}, `
                + `false alarms ${rate(total.falseAlarmShare, 2)} of normal rows.`
            : ".");
}

const rate = (value, decimals = 1) => value === null ? "–" : percent(value, decimals);
