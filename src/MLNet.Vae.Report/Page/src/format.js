/** A number to so many significant digits, without an exponent where that can be helped. */
export function number(value, digits = 4) {
    if (!Number.isFinite(value))
        return Number(value) === Infinity ? "∞" : Number(value) === -Infinity ? "−∞" : "–";
    if (value === 0)
        return "0";
    const size = Math.abs(value);
    if (size >= 1e7 || size < 1e-4)
        return minus(value.toExponential(Math.max(0, digits - 2)));
    const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
    return minus(value.toLocaleString("en-US", { maximumFractionDigits: Math.min(decimals, 6) }));
}

/** A number with so many decimals. */
export const fixed = (value, decimals) => Number.isFinite(value) ? minus(value.toFixed(decimals)) : "–";

export const count = value => value.toLocaleString("en-US");

export const percent = (share, decimals = 1) => Number.isFinite(share) ? `${(100 * share).toFixed(decimals)} %` : "–";

export const plural = (value, one, many = `${one}s`) => `${count(value)} ${value === 1 ? one : many}`;

export function duration(seconds) {
    return seconds < 120 ? `${fixed(seconds, 1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

const minus = text => text.replace("-", "−");
