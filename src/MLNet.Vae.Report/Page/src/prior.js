// Draws from the prior, and what a learned prior says of the levels below one that was moved. Formulas: onnx/README.md.

/** @returns {Promise<Float32Array>} a code */
export async function priorDraw(decoder, model, selection, normal, uniform) {
    const code = new Float32Array(model.latentDimension);
    const noise = Float32Array.from(code, () => normal());
    if (model.components) {
        const component = pick(model.components, uniform());
        return code.map((_, l) => component.mean[l] + Math.exp(component.logSigma[l]) * noise[l]);
    }
    if (model.classCount > 0)
        return withClass(noise, model.classCount, uniform());
    if (!decoder.prior)
        return noise;
    for (const [start, end] of levels(model).reverse()) {
        const { mean, logSigma } = await decoder.runPrior(code, selection.condition);
        for (let l = start; l < end; l++)
            code[l] = mean[l] + Math.exp(logSigma[l]) * noise[l];
    }
    return code;
}

/** Puts every level below the one of a dimension at its mean given the level above. */
export async function settleLevels(decoder, model, selection, dimension) {
    const all = levels(model);
    const moved = all.findIndex(([, end]) => dimension < end);
    for (const [start, end] of all.slice(0, moved).reverse()) {
        const { mean } = await decoder.runPrior(selection.code, selection.condition);
        selection.code.set(mean.subarray(start, end), start);
    }
}

function levels({ levels: lengths, latentDimension }) {
    let start = 0;
    return (lengths?.length ? lengths : [latentDimension]).map(length => [start, start += length]);
}

// The last dimensions are the class, each as likely, as 1 among zeros.
function withClass(code, classes, share) {
    code.fill(0, code.length - classes);
    code[code.length - classes + Math.floor(share * classes)] = 1;
    return code;
}

function pick(components, share) {
    let sum = 0;
    return components.find(({ weight }) => (sum += weight) > share) ?? components.at(-1);
}
