export { RestConfig } from "./config.ts";
export { migrate } from "./infrastructure/persistence/migrate.ts";
export { startRestService, type RestServiceDeps } from "./startRestService.ts";
