import { choice, h } from "../dom.js";
import { fixed } from "../format.js";

/** What the decoder is given beside the code; null where there is nothing. */
export function conditionControl(report, moved) {
    const { selection, data: { model: { condition }, rows } } = report;
    if (!condition)
        return null;
    switch (condition.kind) {
        case "key": {
            const names = Array.from({ length: condition.count }, (_, place) => [`${place}`, condition.names?.[place] ?? `${place + 1}`]);
            const element = choice(condition.column, names, `${selection.category}`, value => {
                selection.category = Number(value);
                moved();
            });
            return { element, show: () => { element.querySelector("select").value = `${selection.category}`; } };
        }
        case "boolean": {
            const box = h("input", { type: "checkbox", oninput: () => {
                selection.condition[0] = box.checked ? 1 : 0;
                moved();
            } });
            return {
                element: h("label", { class: "choice" }, box, h("span", null, condition.column)),
                show: () => { box.checked = selection.condition[0] === 1; },
            };
        }
        default: return numbers(selection, condition, rows, moved);
    }
}

function numbers(selection, { column, count, names }, { condition: values }, moved) {
    const sliders = Array.from({ length: count }, (_, slot) => {
        let [low, high] = [Infinity, -Infinity];
        for (let i = slot; i < values.length; i += count)
            [low, high] = [Math.min(low, values[i]), Math.max(high, values[i])];
        const output = h("output");
        const slider = h("input", {
            type: "range",
            min: low,
            max: high,
            step: "any",
            "aria-label": names?.[slot] ?? column,
            "data-condition": slot,
            oninput: () => {
                selection.condition[slot] = Number(slider.value);
                moved();
            },
        });
        return {
            slider,
            output,
            element: h(
                "label",
                { class: "slider" },
                h("span", null, names?.[slot] ?? (count === 1 ? column : `${column} ${slot}`)),
                slider,
                output
            ),
        };
    });
    return {
        element: h("div", { class: "sliders condition" }, sliders.map(({ element }) => element)),
        show: () => sliders.forEach(({ slider, output }, slot) => {
            slider.value = `${selection.condition[slot]}`;
            output.textContent = fixed(selection.condition[slot], 2);
        }),
    };
}
