import { MantineProvider } from "@mantine/core";
import type { ReactNode } from "react";
import { theme } from "../src/app/theme.ts";
import { ServicesContext } from "../src/hooks/useServices.ts";
import type { Services } from "../src/lib/createServices.ts";

/** A part of a page within the providers that it needs. Call `startI18n` before. */
export function inPage(services: Services, children: ReactNode): ReactNode {
  return (
    <MantineProvider theme={theme} env="test" withCssVariables={false} withGlobalClasses={false}>
      <ServicesContext value={services}>{children}</ServicesContext>
    </MantineProvider>
  );
}
