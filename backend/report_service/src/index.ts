export { ReportConfig } from "./config.ts";
export { type ReportServiceDeps, startReportService } from "./startReportService.ts";
