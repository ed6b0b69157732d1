import { h } from "../dom.js";
import { count, fixed, percent } from "../format.js";
import { line, table } from "./tables.js";

/** Distances to the closest training row, and copies. */
export function privacy(near, probabilities) {
    return h("div", null,
        table("figures-table", ["distance to the closest training row", ...probabilities.map(p => `${fixed(100 * p, 0)} %`)], [
            line("synthetic rows", ...near.syntheticDistances.map(distance => fixed(distance, 4))),
            line("held-out rows", ...near.heldOutDistances.map(distance => fixed(distance, 4))),
        ]),
        h("p", { class: "caption" }, "Gower's distance: of numbers their difference over the range of the real rows, of categories 0 or 1, "
            + "the mean of all columns."),
        table("figures-table", ["", "synthetic rows", "held-out rows", "difference in standard errors"], [
            line(`nearer than ${fixed(near.nearDistance, 4)}, the 5 % quantile of held-out rows`, percent(near.syntheticNearShare, 2),
                percent(near.heldOutNearShare, 2), fixed(near.nearShareDeviations, 1)),
            line("exact copies of a training row", `${count(near.syntheticCopies)}, ${percent(near.syntheticCopyShare, 2)}`,
                `${count(near.heldOutCopies)}, ${percent(near.heldOutCopyShare, 2)}`, fixed(near.copyShareDeviations, 1)),
        ]),
        h("p", { class: "caption" }, "A table of few categories has copies by chance, and held-out rows have as many. This is no proof of "
            + "privacy."),
        near.copies.length > 0
            ? [h("p", { class: "caption" }, "Copies are named, as their share is above that of held-out rows: first those "
                + "that no held-out row equals, and of them those of the rarest training rows. Rows count from 0."),
            table("copies figures-table", ["synthetic row", "equals training row", "training rows like it"], near.copies.map(copy =>
                line(count(copy.syntheticRow), count(copy.realRow), count(copy.realRows))))]
            : null);
}
