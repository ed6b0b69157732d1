/** Φ⁻¹: Newton's method on Φ, from the logistic approximation. */
export function inverseNormal(p) {
    let x = Math.log(p / (1 - p)) / 1.702;
    for (let i = 0; i < 20; i++)
        x -= (cumulative(x) - p) / (Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI));
    return x;
}

/** Φ by its series (Marsaglia 2004), exact to double precision for the few σ that a grid spans. */
function cumulative(x) {
    let sum = x, term = x;
    for (let i = 1; i < 200 && Math.abs(term) > 1e-17 * Math.abs(sum); i++) {
        term *= x * x / (2 * i + 1);
        sum += term;
    }
    return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
}
