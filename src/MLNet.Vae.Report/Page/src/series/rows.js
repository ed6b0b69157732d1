/** The first place whose value is not below. Values ascend. */
export function lowerBound(values, value) {
    let low = 0, high = values.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (values[middle] < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

export function nearest(values, value) {
    const at = lowerBound(values, value);
    return at === 0 ? 0 : at === values.length ? at - 1 : value - values[at - 1] <= values[at] - value ? at - 1 : at;
}

/** The places seen in a range, and one more at either side, so that lines run out of the chart. */
export function seen(times, range) {
    return [Math.max(0, lowerBound(times, range.from) - 1), Math.min(times.length - 1, lowerBound(times, range.to))];
}

/** Stretches of rows that have a mark, [first, last]. */
export function stretches(marks, mark) {
    const found = [];
    for (let i = 0; i < marks.length; i++) {
        if (!(marks[i] & mark))
            continue;
        const first = i;
        while (i + 1 < marks.length && marks[i + 1] & mark)
            i++;
        found.push([first, i]);
    }
    return found;
}

/** Lowest and highest finite value of places, widened from what is given. */
export function extent(values, first, last, [low, high] = [Infinity, -Infinity]) {
    for (let i = first; i <= last; i++) {
        const value = values[i];
        if (value - value !== 0)
            continue;
        if (value < low)
            low = value;
        if (value > high)
            high = value;
    }
    return [low, high];
}

/**
 * A line of first, lowest, highest and last value for each column of pixels, so that no peak is lost and no more is drawn than can be seen.
 * NaN breaks it. Calls move(x, y) and line(x, y) with places in pixels.
 */
export function trace(times, values, [first, last], xOf, yOf, { move, line }) {
    let column = NaN, isOpen = false, low = 0, high = 0, end = 0, count = 0;
    const flush = () => {
        if (count > 1) {
            line(column, yOf(low));
            line(column, yOf(high));
            line(column, yOf(end));
        }
        count = 0;
    };
    for (let i = first; i <= last; i++) {
        const value = values[i];
        if (Number.isNaN(value)) {
            flush();
            isOpen = false;
            continue;
        }
        const x = Math.round(2 * xOf(times[i])) / 2;
        if (isOpen && x === column) {
            low = Math.min(low, value);
            high = Math.max(high, value);
            end = value;
            count++;
            continue;
        }
        flush();
        // A reading between two gaps is a dot.
        const isAlone = !isOpen && (i === last || Number.isNaN(values[i + 1]));
        if (isOpen)
            line(x, yOf(value));
        else
            move(isAlone ? x - 1 : x, yOf(value));
        if (isAlone)
            line(x + 1, yOf(value));
        isOpen = true;
        column = x;
        low = high = end = value;
        count = 1;
    }
    flush();
}
