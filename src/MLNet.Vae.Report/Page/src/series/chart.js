import { h } from "../dom.js";
import { number } from "../format.js";
import { extent, seen, trace } from "./rows.js";
import { niceStep } from "./time.js";

/** Places for the numbers of the axis, and the edge at the right. */
export const gutter = 68, edge = 10;

const strip = 4;

/** One chart: its name, what the cursor is on, and a canvas. */
export class Chart {
    constructor(name, height) {
        this.height = height;
        this.value = h("span", { class: "value" });
        this.canvas = h("canvas", { role: "img", "aria-label": name });
        this.canvas.style.height = `${height}px`;
        const caption = h("figcaption", null, h("b", { title: name }, name), this.value);
        this.element = h("figure", { class: "series-chart" }, caption, this.canvas);
    }

    /**
     * lines: { values, color, width }; the first on top. bands: { stretches, color, atTop }. threshold: a value or null.
     */
    draw({ times, range, lines, bands, threshold = null, isLog = false, ticks, theme, width }) {
        const ratio = window.devicePixelRatio || 1;
        this.canvas.width = Math.round(width * ratio);
        this.canvas.height = Math.round(this.height * ratio);
        const context = this.canvas.getContext("2d");
        context.scale(ratio, ratio);
        const right = width - edge, bottom = this.height - 1, inner = right - gutter;
        const xOf = time => gutter + (time - range.from) / range.span * inner;
        const places = seen(times, range);
        const axis = axisOf(lines, places, threshold, isLog);
        const yOf = value => bottom - 3 - Math.min(1.02, Math.max(-0.02, axis.share(value))) * (bottom - 7);
        this.shown = { low: axis.low, high: axis.high };

        context.save();
        context.beginPath();
        context.rect(gutter, 0, inner, this.height);
        context.clip();
        for (const band of bands)
            drawBand(context, band, times, xOf, places, this.height);
        context.restore();

        context.font = `11px ${theme.font}`;
        context.textBaseline = "middle";
        context.textAlign = "right";
        context.lineWidth = 1;
        context.strokeStyle = theme.line;
        context.fillStyle = theme.muted;
        context.beginPath();
        for (const [time] of ticks) {
            const x = Math.round(xOf(time)) + 0.5;
            context.moveTo(x, 0);
            context.lineTo(x, bottom);
        }
        for (const tick of axis.ticks) {
            const y = Math.round(yOf(tick)) + 0.5;
            context.moveTo(gutter, y);
            context.lineTo(right, y);
            context.fillText(number(tick, 4), gutter - 7, Math.min(bottom - 5, Math.max(6, y)));
        }
        context.stroke();

        context.save();
        context.beginPath();
        context.rect(gutter, 0, inner, this.height);
        context.clip();
        if (threshold !== null) {
            context.strokeStyle = theme.ink;
            context.setLineDash([6, 4]);
            context.beginPath();
            context.moveTo(gutter, yOf(threshold));
            context.lineTo(right, yOf(threshold));
            context.stroke();
            context.setLineDash([]);
        }
        for (const { values, color, width: thickness } of [...lines].reverse()) {
            context.strokeStyle = color;
            context.lineWidth = thickness;
            context.lineJoin = "round";
            context.beginPath();
            trace(times, values, places, xOf, yOf, {
                move: (x, y) => context.moveTo(x, y),
                line: (x, y) => context.lineTo(x, y),
            });
            context.stroke();
        }
        context.restore();
    }
}

// Told apart by place as well as by colour: a strip at the top or at the bottom.
function drawBand(context, { stretches, color, atTop }, times, xOf, [first, last], height) {
    context.fillStyle = color;
    let drawn = -Infinity;
    for (const [from, to] of stretches) {
        if (to < first || from > last)
            continue;
        const left = xOf(times[from]) - 1, right = Math.max(left + 2, xOf(times[to]) + 1);
        if (right <= drawn)
            continue;
        const start = Math.max(left, drawn);
        context.globalAlpha = 0.22;
        context.fillRect(start, 0, right - start, height);
        context.globalAlpha = 1;
        context.fillRect(start, atTop ? 0 : height - strip, right - start, strip);
        drawn = right;
    }
}

function axisOf(lines, [first, last], threshold, isLog) {
    const start = threshold === null || (isLog && threshold <= 0) ? undefined : [threshold, threshold];
    let [low, high] = lines.reduce((found, line) => extent(line.values, first, last, found), start ?? [Infinity, -Infinity]);
    if (low > high)
        [low, high] = [0, 1];
    return isLog ? logAxis(lines, first, last, high, start) : linearAxis(low, high);
}

function linearAxis(low, high) {
    if (low === high) {
        const pad = Math.abs(low) * 0.1 || 1;
        [low, high] = [low - pad, high + pad];
    }
    const step = niceStep((high - low) / 4);
    const ticks = [];
    for (let i = Math.ceil(low / step); i * step <= high && ticks.length < 12; i++)
        ticks.push(i * step);
    return { low, high, ticks, share: value => (value - low) / (high - low) };
}

// What is not above 0 is drawn at the bottom.
function logAxis(lines, first, last, high, start) {
    let low = start ? start[0] : Infinity;
    for (const { values } of lines) {
        for (let i = first; i <= last; i++) {
            if (values[i] > 0 && values[i] < low)
                low = values[i];
        }
    }
    if (!(high > 0) || low > high)
        [low, high] = [0.1, 1];
    if (low === high)
        [low, high] = [low / 2, high * 2];
    const [bottom, top] = [Math.log10(low), Math.log10(high)];
    const ticks = [], step = Math.max(1, Math.ceil((top - bottom) / 4));
    for (let power = Math.ceil(bottom); power <= top; power += step)
        ticks.push(10 ** power);
    if (ticks.length < 2)
        ticks.splice(0, ticks.length, low, high);
    return { low, high, ticks, share: value => value > 0 ? (Math.log10(value) - bottom) / (top - bottom) : -0.02 };
}
