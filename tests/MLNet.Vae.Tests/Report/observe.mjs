// Opens reports in Chromium, does what a reader does, and prints what was seen as JSON; a test compares it with what C# computes.
// usage: node observe.mjs PACKAGE-FOLDER CHROMIUM PAGES-FOLDER SCREENSHOT-FOLDER
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [packageFolder, executablePath, pages, screenshots] = process.argv.slice(2);
const { chromium } = createRequire(join(packageFolder, "package.json"))("playwright-core");
const [wide, narrow] = [{ width: 1360, height: 900 }, { width: 390, height: 844 }];

/** A page with a record of what it says and asks for. */
async function open(name) {
    const page = await browser.newPage();
    // Test machines may be busy.
    page.setDefaultTimeout(120_000);
    const address = pathToFileURL(join(pages, `${name}.html`)).href;
    const record = { console: [], requests: [] };
    page.on("console", message => record.console.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", error => record.console.push(`error: ${error.stack}`));
    page.on("request", request => request.url() !== address && !request.url().startsWith("blob:") && record.requests.push(request.url().slice(0, 200)));
    const start = Date.now();
    await page.goto(address);
    await page.waitForFunction(() => [...document.querySelectorAll("[data-mlnetvae]")].every(element => "ready" in element.dataset));
    if (await page.locator(".explorer").count() > 0)
        await page.waitForFunction(() => [...document.querySelectorAll(".timing")].every(element => element.textContent.startsWith("decoded")));
    record.opened = Date.now() - start;
    return [page, record];
}

const settled = page => page.evaluate(() => document.querySelector(".explorer").closest("[data-mlnetvae]").mlnetvae.explorer.settled());

const decoded = page => page.evaluate(() => {
    const { selection, explorer } = document.querySelector(".explorer").closest("[data-mlnetvae]").mlnetvae;
    const canvas = document.querySelector("[data-decoded]");
    // By way of a copy: Chromium warns of a canvas that is read often.
    const pixelsOf = ({ width, height }) => {
        const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
        context.drawImage(canvas, 0, 0);
        return [...context.getImageData(0, 0, width, height).data];
    };
    return {
        code: [...selection.code],
        condition: [...selection.condition],
        row: selection.row,
        values: [...explorer.values],
        pixels: canvas ? pixelsOf(canvas) : null,
    };
});

const overflow = page => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const figures = page => page.evaluate(() => ({
    threshold: document.querySelector(".mlnetvae").mlnetvae.scores.threshold,
    ...Object.fromEntries([...document.querySelectorAll("[data-figure]")].map(element => [element.dataset.figure, Number(element.dataset.value)])),
}));

async function pictures() {
    const [page, record] = await open("pictures");
    await page.waitForSelector("[data-drawn]");
    record.parts = await parts(page);
    record.sliders = await page.locator(".explorer .sliders").first().locator("input").count();
    record.folded = await page.locator(".explorer details input").count();

    for (const [dimension, value] of [["3", "1.5"], ["7", "-2"], ["0", "0.25"]])
        await page.locator(`.explorer input[data-dimension="${dimension}"]`).fill(value);
    await page.locator(".explorer select").selectOption({ label: "ring" });
    await settled(page);
    record.moved = await decoded(page);

    record.clicked = await click(page);
    record.thresholds = [];
    for (const step of ["0", "300", "620", "1000"]) {
        await page.locator("input.threshold").fill(step);
        record.thresholds.push(await figures(page));
    }

    record.worst = await page.locator(".worstRows .card").first().innerText();
    record.manifold = await page.evaluate(async () => {
        await document.querySelector(".mlnetvae").mlnetvae.manifold.settled();
        const { manifold, selection } = document.querySelector(".mlnetvae").mlnetvae;
        return { x: manifold.x, y: manifold.y, side: manifold.side, across: manifold.across, up: manifold.up, condition: [...selection.condition], values: [...manifold.values.subarray(0, 784)] };
    });
    record.frames = await frames(page);
    record.umap = await umap(page);
    record.overflowWide = await overflow(page);

    record.light = await background(page);
    await screenshot(page, "wide-light");
    await page.locator(".theme").click();
    record.dark = await background(page);
    await screenshot(page, "wide-dark");
    await page.setViewportSize(narrow);
    await screenshot(page, "narrow-dark");
    record.overflowNarrow = await overflow(page);
    await page.locator(".theme").click();
    await screenshot(page, "narrow-light");
    await page.close();
    return record;
}

// A slider that moves in every frame for a second and a half: pictures drawn, by the time that took.
async function frames(page) {
    await settled(page);
    return page.evaluate(async () => {
        const { explorer } = document.querySelector(".mlnetvae").mlnetvae;
        const slider = document.querySelector('.explorer input[data-dimension="3"]');
        const [before, start, work] = [explorer.frames, performance.now(), []];
        for (let i = 0; performance.now() - start < 1500; i++) {
            const [frame, moved] = [explorer.frames, performance.now()];
            slider.value = `${3 * Math.sin(i / 10)}`;
            slider.dispatchEvent(new Event("input"));
            // Decoded and drawn, before the browser shows it.
            while (explorer.frames === frame && performance.now() - start < 1500)
                await Promise.resolve().then(() => new Promise(resolve => setTimeout(resolve)));
            work.push(performance.now() - moved);
            await new Promise(resolve => requestAnimationFrame(resolve));
        }
        const perSecond = 1000 * (explorer.frames - before) / (performance.now() - start);
        return { moved: work.length, drawn: explorer.frames - before, perSecond, milliseconds: explorer.milliseconds, work: work.sort((a, b) => a - b)[work.length >> 1] };
    });
}

// The row furthest to the right has no other over it.
async function click(page) {
    const at = await page.evaluate(() => {
        const { chart, points } = document.querySelector(".mlnetvae").mlnetvae.latentSpace;
        chart.element.scrollIntoView({ block: "center" });
        let row = 0;
        for (let i = 0; i < points.length / 2; i++)
            row = points[2 * i] > points[2 * row] ? i : row;
        const [left, top] = chart.instance.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [points[2 * row], points[2 * row + 1]]);
        const { x, y } = chart.element.getBoundingClientRect();
        return { row, x: x + left, y: y + top };
    });
    await page.mouse.move(at.x - 30, at.y - 30);
    await page.mouse.move(at.x, at.y);
    await page.waitForTimeout(100);
    const hover = await page.evaluate(() => [...document.querySelectorAll(".mlnetvae-tip")].map(element => element.innerText).join());
    await page.mouse.click(at.x, at.y);
    await settled(page);
    return { expected: at.row, hover, ...await decoded(page), sliders: await page.evaluate(() => [...document.querySelectorAll(".explorer input[data-dimension]")].map(slider => [Number(slider.dataset.dimension), Number(slider.value)])) };
}

async function umap(page) {
    await page.locator(".latentSpace select").first().selectOption("umap");
    await page.waitForFunction(() => document.querySelector(".mlnetvae").mlnetvae.latentSpace.umapPoints);
    const points = await page.evaluate(() => [...document.querySelector(".mlnetvae").mlnetvae.latentSpace.umapPoints]);
    return { points: points.length, finite: points.every(Number.isFinite) };
}

async function table() {
    const [page, record] = await open("table");
    record.parts = await parts(page);
    await page.locator('.explorer input[data-dimension="1"]').fill("-1.25");
    await settled(page);
    record.moved = await decoded(page);
    record.shown = await page.locator(".explorer .features tbody tr").allInnerTexts();
    await page.locator(".explorer button", { hasText: "draw" }).click();
    await settled(page);
    record.drawn = await decoded(page);
    await screenshot(page, "table");
    await page.close();
    return record;
}

async function fragments() {
    const [page, record] = await open("fragments");
    record.mounted = await page.evaluate(() => [...document.querySelectorAll("[data-mlnetvae]")].map(element => ({
        part: element.querySelector(".part").dataset.part,
        canvases: element.querySelectorAll("canvas").length,
        text: element.querySelector(".part").innerText.length,
    })));
    // Two explorers, each its own.
    await page.evaluate(async () => {
        const [first, second] = [...document.querySelectorAll(".explorer")].map(element => element.closest("[data-mlnetvae]").mlnetvae);
        first.selection.setCode(new Float32Array(first.selection.code.length), "test");
        await first.explorer.settled();
        await second.explorer.settled();
    });
    record.codes = await page.evaluate(() => [...document.querySelectorAll(".explorer")].map(element => [...element.closest("[data-mlnetvae]").mlnetvae.selection.code]));
    await screenshot(page, "fragments");
    await page.close();
    return record;
}

async function look(name) {
    const [page, record] = await open(name);
    record.parts = await parts(page);
    if (name === "hierarchical") {
        await page.locator('.explorer input[data-dimension="2"]').fill("0.75");
        await settled(page);
        record.moved = await decoded(page);
    }
    await screenshot(page, name);
    await page.close();
    return record;
}

const parts = page => page.evaluate(() => [...document.querySelectorAll(".part")].map(element => ({ part: element.dataset.part, text: element.innerText.length, canvases: element.querySelectorAll("canvas").length })));

const background = page => page.evaluate(() => getComputedStyle(document.querySelector(".mlnetvae")).backgroundColor);

const screenshot = (page, name) => page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });

const profile = mkdtempSync(join(tmpdir(), "report-browser-"));
const browser = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    viewport: wide,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
    const seen = { pictures: await pictures(), table: await table(), fragments: await fragments() };
    for (const kind of ["quantized", "mixture", "hierarchical", "deterministic", "encoder"])
        seen[kind] = await look(kind);
    console.log(JSON.stringify(seen));
} finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
}
