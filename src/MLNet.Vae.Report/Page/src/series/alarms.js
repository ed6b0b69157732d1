import { button, h } from "../dom.js";
import { count, number, percent } from "../format.js";

// A longer table is shown when it is asked for.
const atFirst = 200;

/** A table of the alarms of one series; a click on one shows it in the charts. */
export function alarmTable(alarms, { channels, isLabelled, time, onshow }, shown = atFirst) {
    if (alarms.length === 0)
        return h("p", { class: "muted" }, "No row is flagged.");
    const body = h("tbody", null, alarms.slice(0, shown).map(alarm => line(alarm, { channels, isLabelled, time, onshow })));
    const head = ["From", "To", "Rows", "Highest score", "Channels, with their share in the score", isLabelled ? "True anomaly" : null];
    const table = h(
        "table",
        { class: "alarms" },
        h("thead", null, h("tr", null, head.filter(text => text !== null).map(text =>
            h("th", { scope: "col", class: text === "Rows" || text === "Highest score" ? "number" : null }, text)))),
        body
    );
    const more = alarms.length > shown
        ? button(`Show all ${count(alarms.length)} alarms; these are the first ${count(shown)}`, () => {
            body.append(...alarms.slice(shown).map(alarm => line(alarm, { channels, isLabelled, time, onshow })));
            more.remove();
        })
        : null;
    return h("div", null, h("div", { class: "scroll" }, table), more);
}

function line(alarm, { channels, isLabelled, time, onshow }) {
    const shares = alarm.channels.map(({ channel, share }) => `${channels[channel]} ${percent(share, 0)}`);
    if (alarm.others > 0)
        shares.push(`others ${percent(alarm.others, 0)}`);
    return h(
        "tr",
        { class: "open", onclick: () => onshow(alarm) },
        h("td", null, button(time.text(alarm.from), event => {
            event.stopPropagation();
            onshow(alarm);
        }, { class: "link", title: "Show it in the charts" })),
        h("td", null, time.text(alarm.to)),
        h("td", { class: "number" }, count(alarm.rows)),
        h("td", { class: "number" }, number(alarm.highest)),
        h("td", null, shares.join(", ") || "–"),
        isLabelled ? h("td", null, alarm.overlaps ? "yes" : "no: false alarm") : null
    );
}
