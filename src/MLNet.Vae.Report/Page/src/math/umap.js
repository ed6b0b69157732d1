import workerText from "worker:umap";

/** @returns {Promise<Float32Array>} [n, 2] */
export function umap(rows, n, width, seed, progress) {
    return new Promise((resolve, reject) => {
        const address = URL.createObjectURL(new Blob([workerText], { type: "text/javascript" }));
        const worker = new Worker(address);
        const end = () => {
            worker.terminate();
            URL.revokeObjectURL(address);
        };
        worker.onmessage = ({ data }) => {
            if (!data.points)
                return progress(data.done);
            end();
            resolve(data.points);
        };
        worker.onerror = event => {
            end();
            reject(new Error(event.message || "this page may not run workers"));
        };
        worker.postMessage({ rows, n, width, seed });
    });
}
