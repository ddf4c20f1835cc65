import { createContext, useContext } from "react";
import type { Services } from "../lib/createServices.ts";
import { services } from "../lib/services.ts";

/** What the hooks stand on: the application's own services, unless a test puts others in. */
export const ServicesContext = createContext<Services>(services);

export function useServices(): Services {
  return useContext(ServicesContext);
}
