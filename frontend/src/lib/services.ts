import { env } from "../config/env.ts";
import { createServices } from "./createServices.ts";

/** The services of this page: the one place of the frontend that builds them. Nothing is sent before `session.resume`. */
export const services = createServices(env);
