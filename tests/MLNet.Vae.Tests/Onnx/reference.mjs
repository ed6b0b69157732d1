// Runs the reference model in ONNX Runtime for JavaScript and compares with reference.json.
//   node reference.mjs <folder with node_modules/onnxruntime-web> <folder of the reference model>
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [packageFolder, modelFolder] = process.argv.slice(2);
const ort = createRequire(join(resolve(packageFolder), "package.json"))("onnxruntime-web");
const reference = JSON.parse(readFileSync(join(modelFolder, "reference.json"), "utf8"));

async function run(file, input, rows) {
  const session = await ort.InferenceSession.create(join(modelFolder, file));
  const tensor = new ort.Tensor("float32", Float32Array.from(rows.flat()), [rows.length, rows[0].length]);
  return session.run({ [input]: tensor });
}

let compared = 0;
let wrong = 0;
function compare(file, results) {
  for (const [name, tensor] of Object.entries(results)) {
    const expected = reference[name];
    const width = expected[0].length;
    if (String(tensor.dims) !== String([expected.length, width])) throw new Error(`${file} ${name}: shape ${tensor.dims}`);
    expected.forEach((row, r) => {
      const largest = Math.max(...row.map(Math.abs));
      row.forEach((value, i) => {
        const found = tensor.data[r * width + i];
        compared++;
        if (!(Math.abs(found - value) <= reference.relativeTolerance * largest)) {
          wrong++;
          console.error(`${file} ${name}[${r},${i}]: expected ${value}, found ${found}`);
        }
      });
    });
  }
}

compare("scorer.onnx", await run("scorer.onnx", "features", reference.features));
compare("encoder.onnx", await run("encoder.onnx", "features", reference.features));
compare("decoder.onnx", await run("decoder.onnx", "z", reference.mean));
if (wrong > 0) {
  console.error(`${wrong} of ${compared} values differ`);
  process.exit(1);
}
process.stdout.write(`${compared} values agree\n`);
