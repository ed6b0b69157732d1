// ONNX Runtime with its CPU backend only; evaluated when the first decoder is opened.
import * as ort from "onnxruntime-web/wasm";

globalThis.mlnetvaeRuntime = ort;
