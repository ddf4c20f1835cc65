import "./styles/index.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App.tsx";
import { createAppRouter } from "./app/router.ts";
import { startI18n } from "./i18n/i18n.ts";
import { storedLanguage } from "./i18n/language.ts";
import { services } from "./lib/services.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

services.session.resume();
await startI18n(storedLanguage());
createRoot(root).render(
  <StrictMode>
    <App router={createAppRouter(services.session)} />
  </StrictMode>,
);
