import { UMAP } from "umap-js";
import { uniform } from "./random.js";

const Neighbours = 15, MinimumDistance = 0.1, ReportEvery = 10;

/** UMAP (McInnes, Healy and Melville 2018) of rows [n, width] to [n, 2]; the same seed gives the same points. */
export function runUmap(rows, n, width, seed, progress) {
    const umap = new UMAP({ nComponents: 2, nNeighbors: Math.min(Neighbours, n - 1), minDist: MinimumDistance, random: uniform(seed) });
    const list = Array.from({ length: n }, (_, row) => Array.from(rows.subarray(row * width, (row + 1) * width)));
    const epochs = umap.initializeFit(list);
    for (let epoch = 0; epoch < epochs; epoch++) {
        umap.step();
        if (epoch % ReportEvery === 0)
            progress(epoch / epochs);
    }
    return Float32Array.from(umap.getEmbedding().flat());
}
