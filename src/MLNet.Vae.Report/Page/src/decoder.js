import { h } from "./dom.js";
import { inflate } from "./data.js";

/** The model's decoder in the browser: z [n, L] and condition [n, C] to what is reconstructed [n, D]. */
export class Decoder {
    static async open(element, data) {
        const ort = await runtime(element);
        const decoder = new Decoder();
        decoder.ort = ort;
        decoder.conditionCount = data.model.condition?.count ?? 0;
        decoder.latentDimension = data.model.latentDimension;
        // Threads would need headers that a file has not.
        const options = { executionProviders: ["wasm"], graphOptimizationLevel: "all", intraOpNumThreads: 1 };
        decoder.session = await ort.InferenceSession.create(data.decoder.onnx, options);
        decoder.prior = data.decoder.prior ? await ort.InferenceSession.create(data.decoder.prior, options) : null;
        return decoder;
    }

    /** @returns {Promise<Float32Array>} rows one after the other */
    async run(codes, condition) {
        const output = await this.#exclusive(() => this.session.run(this.#inputs(codes, condition)));
        return output.reconstruction.data;
    }

    /** What the last run took, in milliseconds. */
    milliseconds = 0;

    /** Mean and log σ of a learned prior, of each level given the one above. */
    async runPrior(codes, condition) {
        const output = await this.#exclusive(() => this.prior.run(this.#inputs(codes, condition)));
        return { mean: output.prior_mean.data, logSigma: output.prior_log_sigma.data };
    }

    #inputs(codes, condition) {
        const n = codes.length / this.latentDimension;
        const inputs = { z: new this.ort.Tensor("float32", codes, [n, this.latentDimension]) };
        if (this.conditionCount > 0) {
            const rows = new Float32Array(n * this.conditionCount);
            for (let row = 0; row < n; row++)
                rows.set(condition, row * this.conditionCount);
            inputs.condition = new this.ort.Tensor("float32", rows, [n, this.conditionCount]);
        }
        return inputs;
    }

    // One run at a time: explorer and manifold share the session.
    #exclusive(run) {
        const result = (this.last ?? Promise.resolve()).then(async () => {
            const start = performance.now();
            const output = await run();
            this.milliseconds = performance.now() - start;
            return output;
        });
        this.last = result.catch(() => {});
        return result;
    }
}

let opened;

/** ONNX Runtime, once for all reports on a page. */
function runtime(element) {
    opened ??= (async () => {
        if (!globalThis.mlnetvaeRuntime) {
            const script = h("script");
            script.textContent = element.querySelector("[data-runtime]").textContent;
            document.head.append(script);
            script.remove();
            const ort = globalThis.mlnetvaeRuntime;
            ort.env.wasm.numThreads = 1;
            ort.env.wasm.proxy = false;
            ort.env.logLevel = "error";
            ort.env.wasm.wasmBinary = await inflate(element.querySelector("[data-runtime-wasm]").textContent);
        }
        return globalThis.mlnetvaeRuntime;
    })();
    return opened;
}
