// Colours as the styles have them now, for canvases, and those of categories and of numbers.
const tokens = ["ink", "muted", "line", "card", "accent", "accent2", "faint"];
// Lightness, chroma and hue, in an order that keeps the first few far apart; on dark backgrounds all are lighter.
const categories = [
    [0.55, 0.17, 258], [0.66, 0.17, 50], [0.57, 0.14, 150], [0.6, 0.2, 345], [0.76, 0.15, 90],
    [0.69, 0.11, 205], [0.5, 0.2, 295], [0.55, 0.2, 25], [0.46, 0.07, 65], [0.6, 0.02, 250],
];
const darkLift = 0.13, tierSteps = [0, -0.14, 0.12];

export function isDark(element) {
    return getComputedStyle(element).colorScheme === "dark"
        || (getComputedStyle(element).colorScheme.includes("dark")
            && getComputedStyle(element).colorScheme.includes("light")
            && matchMedia("(prefers-color-scheme: dark)").matches);
}

export function readTheme(element) {
    const probe = document.createElement("span");
    element.append(probe);
    const theme = { dark: isDark(element), font: getComputedStyle(element).fontFamily };
    for (const token of tokens) {
        probe.style.color = `var(--${token})`;
        theme[token] = getComputedStyle(probe).color;
    }
    probe.remove();
    theme.category = place => place < 0 ? theme.faint : category(place, theme.dark);
    theme.ramp = share => ramp(Math.min(1, Math.max(0, share)), theme.dark);
    return theme;
}

function category(place, dark) {
    const [lightness, chroma, hue] = categories[place % categories.length];
    const tier = tierSteps[Math.floor(place / categories.length) % tierSteps.length];
    return oklch(lightness + tier + (dark ? darkLift : 0), chroma, hue);
}

// The higher, the further from the background.
function ramp(share, dark) {
    return dark ? oklch(0.42 + 0.5 * share, 0.1 + 0.05 * Math.sin(Math.PI * share), 285 - 190 * share)
        : oklch(0.86 - 0.5 * share, 0.09 + 0.08 * Math.sin(Math.PI * share), 165 + 135 * share);
}

/** From OKLCH (Ottosson 2020) to "rgb(…)", which chart libraries can read. */
function oklch(lightness, chroma, hue) {
    const a = chroma * Math.cos(hue * Math.PI / 180);
    const b = chroma * Math.sin(hue * Math.PI / 180);
    const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
    const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
    const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
    const linear = [
        4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
        -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
        -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
    ];
    const bytes = linear.map(
        value => Math.round(255 * Math.min(1, Math.max(0, value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055)))
    );
    return `rgb(${bytes.join(", ")})`;
}
