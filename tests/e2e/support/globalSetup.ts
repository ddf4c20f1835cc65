import { freePortOffset, startMarketplace, temporaryFolder } from "../../support/startMarketplace.ts";
import { placeCanary } from "./placeCanary.ts";

/** Starts a marketplace of its own for the whole run; what it returns stops it. Workers find it in the environment. */
async function globalSetup(): Promise<() => Promise<void>> {
  const folder = temporaryFolder();
  const marketplace = await startMarketplace({ data: folder.path, portOffset: await freePortOffset() });
  process.env["E2E_URL"] = marketplace.url;
  process.env["E2E_API_URL"] = marketplace.apiUrl;
  await placeCanary(marketplace.apiUrl);
  return async () => {
    await marketplace.stop();
    folder.remove();
  };
}

// oxlint-disable-next-line import/no-default-export -- Playwright asks for it
export default globalSetup;
