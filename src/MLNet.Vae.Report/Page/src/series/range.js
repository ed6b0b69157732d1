// Below this share of the whole nothing is told apart.
const smallest = 1e-9;

/** What part of the time is seen, within the whole of it; tells listeners when it changes. */
export class Range {
    constructor(onchange) {
        this.onchange = onchange;
    }

    /** Of another series: all of it. */
    setWhole(times) {
        const first = times[0], last = times[times.length - 1];
        const pad = last > first ? (last - first) * 0.01 : 0.5;
        this.whole = [first - pad, last + pad];
        let gap = Infinity;
        for (let i = 1; i < times.length; i++) {
            const step = times[i] - times[i - 1];
            if (step > 0 && step < gap)
                gap = step;
        }
        this.least = Number.isFinite(gap) ? Math.max(2 * gap, (last - first) * smallest) : 2 * pad;
        this.reset();
    }

    get span() {
        return this.to - this.from;
    }

    get isWhole() {
        return this.from === this.whole[0] && this.to === this.whole[1];
    }

    reset() {
        this.show(...this.whole);
    }

    /** As much of it as there is, moved into the whole. */
    show(from, to) {
        const [first, last] = this.whole;
        const span = Math.min(last - first, Math.max(this.least, to - from));
        const start = Math.min(last - span, Math.max(first, (from + to - span) / 2));
        [this.from, this.to] = span === last - first ? this.whole : [start, start + span];
        this.onchange();
    }

    /** Around a time that keeps its place. */
    zoom(factor, around = (this.from + this.to) / 2) {
        this.show(around - (around - this.from) * factor, around + (this.to - around) * factor);
    }

    pan(share) {
        this.show(this.from + share * this.span, this.to + share * this.span);
    }
}
