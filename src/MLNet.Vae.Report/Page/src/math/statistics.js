/** The value below which a share of sorted numbers lies, interpolated. */
export function quantile(sorted, share) {
    const at = share * (sorted.length - 1);
    const below = Math.floor(at);
    const above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

export const sortedCopy = values => Float32Array.from(values).sort();

/** What a threshold does: a row is flagged where its score lies above. Labels mark anomalies with 1. */
export function detection(scores, labels, threshold) {
    let flagged = 0, hits = 0, anomalies = 0;
    for (let i = 0; i < scores.length; i++) {
        const isFlagged = scores[i] > threshold;
        flagged += isFlagged;
        anomalies += labels ? labels[i] : 0;
        hits += isFlagged && labels ? labels[i] : 0;
    }
    return { flagged, hits, anomalies, share: flagged / scores.length, precision: hits / flagged, recall: hits / anomalies };
}

/** The probability that an anomaly scores above a normal row, ties counted half: area under the ROC curve. */
export function areaUnderRoc(scores, labels) {
    const order = Array.from(scores, (_, i) => i).sort((a, b) => scores[a] - scores[b]);
    let rankSum = 0, anomalies = 0;
    for (let start = 0; start < order.length;) {
        let end = start;
        while (end < order.length && scores[order[end]] === scores[order[start]])
            end++;
        for (let i = start; i < end; i++) {
            if (labels[order[i]]) {
                rankSum += (start + 1 + end) / 2;
                anomalies++;
            }
        }
        start = end;
    }
    return (rankSum - anomalies * (anomalies + 1) / 2) / (anomalies * (scores.length - anomalies));
}
