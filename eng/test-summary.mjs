// Reads the .trx files in a folder; prints failed tests, skipped tests with their reasons, and one line of totals.
// usage: node test-summary.mjs FOLDER EXIT-STATUS-OF-DOTNET-TEST
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [folder, testStatus] = process.argv.slice(2);
const entities = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

const unescape = text =>
    text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) =>
        hex ? String.fromCodePoint(parseInt(hex, 16)) : decimal ? String.fromCodePoint(Number(decimal)) : entities[name] ?? whole);

const attribute = (tag, name) => unescape(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "");

function* resultsIn(trx) {
    const pattern = /<UnitTestResult((?:\s+[\w:]+="[^"]*")*)\s*(?:\/>|>([\s\S]*?)<\/UnitTestResult>)/g;
    for (const [, tag, body = ""] of trx.matchAll(pattern)) {
        const message = /<Message>([\s\S]*?)<\/Message>/.exec(body) ?? /<StdOut>([\s\S]*?)<\/StdOut>/.exec(body);
        yield { name: attribute(tag, "testName"), outcome: attribute(tag, "outcome"), message: unescape(message?.[1] ?? "").trim() };
    }
}

const results = readdirSync(folder, { recursive: true })
    .filter(file => file.endsWith(".trx"))
    .flatMap(file => [...resultsIn(readFileSync(join(folder, file), "utf8"))]);

const passed = results.filter(result => result.outcome === "Passed");
const skipped = results.filter(result => result.outcome === "NotExecuted");
const failed = results.filter(result => result.outcome !== "Passed" && result.outcome !== "NotExecuted");

for (const { name, message } of failed)
    console.log(`failed: ${name}: ${message.split("\n")[0]}`);
for (const { name, message } of skipped)
    console.log(`skipped: ${name}: ${message.split("\n")[0] || "no reason given"}`);

const ran = passed.length + failed.length > 0;
const sound = ran && failed.length === 0 && testStatus === "0";
if (!ran)
    console.log("No test ran.");
else if (!sound && failed.length === 0)
    console.log(`"dotnet test" ended with status ${testStatus} though no test failed: the run was cut short (above).`);
console.log(`${passed.length} passed, ${failed.length} failed, ${skipped.length} skipped`);
process.exitCode = sound ? 0 : 1;
