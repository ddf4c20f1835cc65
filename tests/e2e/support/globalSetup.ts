import { freePortOffset, startMarketplace, temporaryFolder } from "../../support/startMarketplace.ts";

/** Starts a marketplace of its own for the whole run; what it returns stops it. Workers find it in the environment. */
export async function globalSetup(): Promise<() => Promise<void>> {
  const folder = temporaryFolder();
  const marketplace = await startMarketplace({ data: folder.path, portOffset: await freePortOffset() });
  process.env["E2E_URL"] = marketplace.url;
  process.env["E2E_API_URL"] = marketplace.apiUrl;
  return async () => {
    await marketplace.stop();
    folder.remove();
  };
}

// Playwright asks for a default export.
export default globalSetup;
