// npm run build: the frontend for production, into frontend/dist.
import { buildFrontend } from "./lib/buildFrontend.mjs";
import { runScript } from "./lib/refusal.mjs";
import { setUp } from "./lib/setUp.mjs";

await runScript(async () => {
  await setUp();
  await buildFrontend();
});
