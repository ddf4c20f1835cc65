import { services } from "./services.ts";

/** The REST API, as whoever is logged in. */
export const api = services.api;
