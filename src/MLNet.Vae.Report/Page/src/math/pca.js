import { normal, uniform } from "./random.js";

const Iterations = 60;

/**
 * The first two principal components of rows [n, width], by subspace iteration on the centred rows: nothing of size width² is made.
 * @returns {{ axes: Float64Array[], mean: Float64Array, shares: number[] }} shares of the total variance
 */
export function principalComponents(rows, n, width) {
    const mean = new Float64Array(width);
    for (let i = 0; i < n * width; i++)
        mean[i % width] += rows[i] / n;
    let total = 0;
    for (let i = 0; i < n * width; i++)
        total += (rows[i] - mean[i % width]) ** 2;

    const random = uniform(1);
    let axes = [0, 1].map(() => Float64Array.from({ length: width }, () => normal(random)));
    let variances = [0, 0];
    for (let iteration = 0; iteration < Iterations; iteration++) {
        const next = axes.map(() => new Float64Array(width));
        for (let row = 0; row < n; row++) {
            const start = row * width;
            for (let k = 0; k < 2; k++) {
                let along = 0;
                for (let j = 0; j < width; j++)
                    along += (rows[start + j] - mean[j]) * axes[k][j];
                for (let j = 0; j < width; j++)
                    next[k][j] += along * (rows[start + j] - mean[j]);
            }
        }
        const lengths = [normalise(next[0])];
        const overlap = dot(next[0], next[1]);
        for (let j = 0; j < width; j++)
            next[1][j] -= overlap * next[0][j];
        lengths.push(normalise(next[1]));
        [axes, variances] = [next, lengths];
    }
    // The longest entry is positive: a direction has no sign of its own.
    for (const axis of axes) {
        const longest = axis.reduce((best, value) => Math.abs(value) > Math.abs(best) ? value : best, 0);
        if (longest < 0)
            axis.forEach((value, j) => { axis[j] = -value; });
    }
    return { axes, mean, shares: variances.map(variance => total > 0 ? variance / total : 0) };
}

export function project(row, start, { axes, mean }) {
    return axes.map(axis => {
        let sum = 0;
        for (let j = 0; j < mean.length; j++)
            sum += (row[start + j] - mean[j]) * axis[j];
        return sum;
    });
}

function dot(a, b) {
    return a.reduce((sum, value, j) => sum + value * b[j], 0);
}

function normalise(vector) {
    const length = Math.sqrt(dot(vector, vector));
    if (length > 0)
        vector.forEach((value, j) => { vector[j] = value / length; });
    return length;
}
