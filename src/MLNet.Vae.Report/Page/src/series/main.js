import { unpack } from "../data.js";
import { SeriesReport } from "./series-report.js";

for (const element of document.querySelectorAll("[data-mlnetvae]:not([data-mounted])")) {
    element.dataset.mounted = "";
    mount(element).catch(error => {
        element.querySelector("[data-content]").textContent = `The report could not be drawn: ${error.message}`;
        throw error;
    });
}

async function mount(element) {
    const data = await unpack(JSON.parse(element.querySelector("[data-report]").textContent));
    element.mlnetvae = new SeriesReport(element, data);
    element.dataset.ready = "";
}
