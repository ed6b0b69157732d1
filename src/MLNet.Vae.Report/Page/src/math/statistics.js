/** The value below which a share of sorted numbers lies, interpolated between finite ones. */
export function quantile(sorted, share) {
    const at = share * (sorted.length - 1);
    const below = Math.floor(at);
    const above = Math.min(sorted.length - 1, below + 1);
    return at === below || sorted[below] === sorted[above] ? sorted[below] : sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

/** A score to rank rows by: NaN is no evidence that a row is normal, and ranks as infinite. */
export const rank = score => Number.isNaN(Number(score)) ? Infinity : Number(score);

export const sortedCopy = values => Float32Array.from(values).sort();

/** Labels of rows: of the last nothing is known. */
export const normal = 0, anomaly = 1, unknown = 2;

/** What a threshold does: a row is flagged where its score does not lie at or below it. Rows without a label are no hits and no misses. */
export function detection(scores, labels, threshold) {
    let flagged = 0, labelledFlagged = 0, hits = 0, anomalies = 0;
    for (let i = 0; i < scores.length; i++) {
        const isFlagged = !(scores[i] <= threshold);
        const isAnomaly = labels?.[i] === anomaly;
        flagged += isFlagged;
        labelledFlagged += isFlagged && labels?.[i] !== unknown;
        anomalies += isAnomaly;
        hits += isFlagged && isAnomaly;
    }
    const [precision, recall] = [hits / labelledFlagged, hits / anomalies];
    return { flagged, labelledFlagged, hits, anomalies, share: flagged / scores.length, precision, recall };
}
