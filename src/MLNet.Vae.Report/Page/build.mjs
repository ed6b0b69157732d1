// Bundles the pages into the folder given: report.js, report.css, series.js, series.css, table.js, table.css, template.html, the
// runtime of the explorer, and the licences of all that is in them.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2];
await mkdir(folder, { recursive: true });

// Browsers of 2024: light-dark(), DecompressionStream.
const common = {
    bundle: true,
    minify: true,
    write: false,
    target: ["chrome123", "firefox120", "safari17.5"],
    legalComments: "none",
    metafile: true,
    absWorkingDir: here,
};

// UMAP runs beside the page, from a script that the page carries as text.
const worker = await build({ ...common, entryPoints: ["src/math/umap-worker.js"], format: "iife" });
const workerText = {
    name: "worker-text",
    setup(plugins) {
        plugins.onResolve({ filter: /^worker:umap$/ }, () => ({ path: "umap", namespace: "worker" }));
        plugins.onLoad({ filter: /.*/, namespace: "worker" }, () => ({ contents: worker.outputFiles[0].text, loader: "text" }));
    },
};

const script = await build({ ...common, entryPoints: ["src/main.js"], format: "iife", plugins: [workerText] });
const style = await build({ ...common, entryPoints: ["styles/report.css"] });
const seriesScript = await build({ ...common, entryPoints: ["src/series/main.js"], format: "iife" });
const seriesStyle = await build({ ...common, entryPoints: ["styles/series-report.css"] });
const tableScript = await build({ ...common, entryPoints: ["src/table/main.js"], format: "iife" });
const tableStyle = await build({ ...common, entryPoints: ["styles/table-report.css"] });
const runtime = await build({
    ...common,
    entryPoints: ["src/runtime.js"],
    format: "iife",
    // The WebAssembly is given as bytes: nothing is looked for beside the page.
    define: { "import.meta.url": '""' },
});
const wasm = await readFile(join(here, "node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm"));

// Fragments of a notebook each bring the script: whichever comes first defines it, and all of them mount what is not mounted yet.
const text = script.outputFiles[0].text;
const id = JSON.stringify(createHash("sha256").update(text).digest("hex").slice(0, 16));
const once = `(() => { const known = globalThis.mlnetvaeReports ??= {}; `
    + `if (!known[${id}]) { const define = mount => { known[${id}] = mount; };\n${text}} known[${id}](); })();`;
await writeFile(join(folder, "report.js"), once);
await writeFile(join(folder, "report.css"), style.outputFiles[0].text);
await writeFile(join(folder, "series.js"), seriesScript.outputFiles[0].text);
await writeFile(join(folder, "series.css"), seriesStyle.outputFiles[0].text);
await writeFile(join(folder, "table.js"), tableScript.outputFiles[0].text);
await writeFile(join(folder, "table.css"), tableStyle.outputFiles[0].text);
await writeFile(join(folder, "runtime.js"), runtime.outputFiles[0].text);
await writeFile(join(folder, "runtime.wasm.gz"), gzipSync(wasm, { level: 9 }));
await copyFile(join(here, "template.html"), join(folder, "template.html"));
await writeFile(join(folder, "notices.txt"), await notices([script, worker, runtime]));

/** The licence of every package that the bundles hold a part of. */
async function notices(bundles) {
    const files = bundles.flatMap(({ metafile }) => Object.keys(metafile.inputs));
    const packageOf = /^(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)/;
    const packages = new Set(files.map(file => packageOf.exec(file)?.[1]).filter(Boolean));
    const texts = [...packages].sort().map(async path => {
        const { name, version, license, author } = JSON.parse(await readFile(join(here, path, "package.json"), "utf8"));
        const found = ["LICENSE", "LICENSE.txt", "LICENSE.md", "NOTICE"].map(file => join(here, path, file)).filter(existsSync);
        const text = found.length > 0
            ? (await Promise.all(found.map(file => readFile(file, "utf8")))).join("\n")
            : withoutFile(name, license, author);
        return `${name} ${version} (${license})\n\n${text.trim()}\n`;
    });
    return [...new Set(await Promise.all(texts))].join(`\n${"-".repeat(80)}\n\n`);
}

// Some packages name the MIT licence without its text.
function withoutFile(name, license, author) {
    if (license !== "MIT")
        throw new Error(`${name} has the licence ${license} and no text of it.`);
    return `Copyright (c) ${author?.name ?? author ?? name}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
}
