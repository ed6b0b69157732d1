/** The point of the latent space that is looked at: a code, a condition, and the row that they come from, if from one. */
export class Selection {
    #listeners = [];

    constructor(data) {
        const { latentDimension, condition } = data.model;
        this.data = data;
        this.code = new Float32Array(latentDimension);
        this.condition = new Float32Array(condition?.count ?? 0);
        this.row = null;
        if (condition?.kind === "key")
            this.condition[0] = 1;
        if (condition?.kind === "scalar" || condition?.kind === "vector")
            this.condition.set(meanCondition(data) ?? []);
    }

    /** @param listener called with who changed it */
    onChange(listener) {
        this.#listeners.push(listener);
    }

    changed(by) {
        this.#listeners.forEach(listener => listener(by));
    }

    selectRow(index, by) {
        const { rows, model } = this.data;
        const width = model.latentDimension;
        this.code.set(rows.embedding.subarray(index * width, (index + 1) * width));
        if (rows.condition)
            this.condition.set(conditionOf(this.data, index));
        this.row = index;
        this.changed(by);
    }

    setCode(code, by) {
        this.code.set(code);
        this.row = null;
        this.changed(by);
    }

    /** The place of the chosen value of a key. */
    get category() {
        return this.condition.indexOf(1);
    }

    set category(place) {
        this.condition.fill(0);
        this.condition[place] = 1;
    }
}

function conditionOf({ rows, model: { condition } }, index) {
    if (condition.kind === "key") {
        const oneHot = new Float32Array(condition.count);
        oneHot[rows.condition[index]] = 1;
        return oneHot;
    }
    return rows.condition.subarray(index * condition.count, (index + 1) * condition.count);
}

function meanCondition({ rows, model: { condition } }) {
    if (!rows.condition)
        return null;
    const mean = new Float32Array(condition.count);
    rows.condition.forEach((value, i) => { mean[i % condition.count] += value / rows.count; });
    return mean;
}
