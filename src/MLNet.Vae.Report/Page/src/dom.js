/** An element: attributes by name, listeners as functions ("oninput"), children that are elements, text, or nothing. */
export function h(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) {
        if (value === null || value === undefined || value === false)
            continue;
        if (typeof value === "function")
            element.addEventListener(name.slice(2), value);
        else if (name === "class")
            element.className = value;
        else
            element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
    return element;
}

/** A list to choose from; options are [value, text]. */
export function choice(label, options, value, onchange) {
    const list = h(
        "select",
        { "aria-label": label, onchange: () => onchange(list.value) },
        options.map(([key, text]) => h("option", { value: key }, text))
    );
    list.value = value;
    return h("label", { class: "choice" }, h("span", null, label), list);
}

export function button(text, onclick, attributes) {
    return h("button", { type: "button", onclick, ...attributes }, text);
}

export const nextFrame = () => new Promise(resolve => requestAnimationFrame(resolve));
