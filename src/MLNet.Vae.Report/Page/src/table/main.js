import { TableReport } from "./table-report.js";

for (const element of document.querySelectorAll("[data-mlnetvae]:not([data-mounted])")) {
    element.dataset.mounted = "";
    try {
        element.mlnetvae = new TableReport(element, JSON.parse(element.querySelector("[data-report]").textContent));
        element.dataset.ready = "";
    } catch (error) {
        element.querySelector("[data-content]").textContent = `The report could not be drawn: ${error.message}`;
        throw error;
    }
}
