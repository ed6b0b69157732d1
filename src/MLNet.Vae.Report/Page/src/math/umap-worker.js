import { runUmap } from "./umap-run.js";

self.onmessage = ({ data: { rows, n, width, seed } }) => self.postMessage({
    points: runUmap(rows, n, width, seed, done => self.postMessage({ done })),
});
