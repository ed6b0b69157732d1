const second = 1, minute = 60, hour = 3600, day = 86400;
const steps = [
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, second, 2, 5, 10, 15, 30, minute, 120, 300, 600, 900, 1800,
    hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 5 * day, 10 * day, 20 * day, 50 * day, 100 * day,
    200 * day, 365 * day, 730 * day, 1825 * day, 3650 * day, 18250 * day,
];

/** How the times of a report are written: dates in milliseconds, spans and seconds in seconds, or numbers of rows. */
export class TimeScale {
    constructor(kind) {
        this.kind = kind;
        this.isDate = kind === "date" || kind === "utc";
        this.unit = this.isDate ? 1000 : 1;
    }

    /** At most about so many ticks, [place, text]. */
    ticks(from, to, most) {
        const rough = (to - from) / Math.max(1, most);
        const step = this.#step(rough);
        const ticks = [];
        for (let i = Math.ceil(from / step); i * step <= to && ticks.length < 100; i++)
            ticks.push([i * step, this.#short(i * step, step)]);
        return ticks;
    }

    #step(rough) {
        if (this.isDate || this.kind === "span") {
            const found = steps.find(step => step * this.unit >= rough);
            if (found && rough >= 0.0005 * this.unit)
                return found * this.unit;
        }
        const step = niceStep(rough);
        return this.kind === "row" ? Math.max(1, step) : step;
    }

    #short(value, step) {
        if (this.isDate) {
            const text = iso(value);
            if (!text)
                return plain(value);
            if (step >= day * 1000 || value % (day * 1000) === 0)
                return text.slice(0, 10);
            return step >= minute * 1000 ? text.slice(11, 16) : step >= 1000 ? text.slice(11, 19) : text.slice(14, 23);
        }
        if (this.kind === "span")
            return span(value, step < 1);
        const decimals = Math.min(9, Math.max(0, -Math.floor(Math.log10(step))));
        return value.toLocaleString("en-US", { maximumFractionDigits: decimals }) + (this.kind === "seconds" ? " s" : "");
    }

    /** The whole of it. */
    text(value) {
        if (this.isDate) {
            const text = iso(value);
            const zone = this.kind === "utc" ? " UTC" : "";
            return text ? `${text.slice(0, 10)} ${text.slice(11, value % 1000 ? 23 : 19)}${zone}` : plain(value);
        }
        return this.kind === "span" ? span(value, value % 1 !== 0) : plain(value) + (this.kind === "seconds" ? " s" : "");
    }
}

/** 1, 2 or 5 times a power of ten, not below the value. */
export function niceStep(value) {
    const power = 10 ** Math.floor(Math.log10(value));
    return power * [1, 2, 5, 10].find(factor => factor * power >= value * (1 - 1e-9));
}

function iso(milliseconds) {
    const date = new Date(milliseconds);
    return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function span(seconds, hasFraction) {
    const size = Math.abs(seconds), days = Math.floor(size / day);
    const parts = [Math.floor(size % day / hour), Math.floor(size % hour / minute)].map(part => String(part).padStart(2, "0"));
    const rest = hasFraction ? (size % minute).toFixed(3).padStart(6, "0") : String(Math.floor(size % minute)).padStart(2, "0");
    return `${seconds < 0 ? "−" : ""}${days ? `${days} d ` : ""}${[...parts, rest].join(":")}`;
}

const plain = value => value.toLocaleString("en-US", { maximumFractionDigits: 6 });
