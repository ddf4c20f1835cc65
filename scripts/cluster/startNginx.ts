import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { spawnWithLifeline } from "../../standalone/src/spawnWithLifeline.ts";
import { until } from "../../tests/faults/support/until.ts";
import type { ClusterPorts } from "./clusterPorts.ts";

const template = fileURLToPath(new URL("../../ops/nginx.conf.template", import.meta.url));

export type Nginx = { readonly stop: () => Promise<void> };

/** Starts nginx on loopback with `ops/nginx.conf.template`; resolves when it answers. Its files are in `folder`. */
export async function startNginx(options: {
  readonly program: string;
  readonly ports: ClusterPorts;
  /** The built frontend. */
  readonly pages: string;
  readonly folder: string;
}): Promise<Nginx> {
  const { program, ports, pages, folder } = options;
  mkdirSync(folder, { recursive: true });
  const site = fillIn(readFileSync(template, "utf8"), {
    LISTEN: `127.0.0.1:${ports.origin}`,
    LISTEN_INTERNAL: `127.0.0.1:${ports.internal}`,
    REST_1: `127.0.0.1:${ports.rest[0]}`,
    REST_2: `127.0.0.1:${ports.rest[1]}`,
    REPORT_1: `127.0.0.1:${ports.report[0]}`,
    REPORT_2: `127.0.0.1:${ports.report[1]}`,
    REALTIME_1: `127.0.0.1:${ports.realtime[0]}`,
    REALTIME_2: `127.0.0.1:${ports.realtime[1]}`,
    PAGES: pages,
    LOGS: folder,
  });
  writeFileSync(join(folder, "nginx.conf"), mainConfig(folder, site));
  const child = spawnWithLifeline(program, ["-p", folder, "-e", "error.log", "-c", "nginx.conf"], {
    cwd: folder,
    output: "ignore",
    env: {},
  });
  await until("nginx answers", async () => {
    if (hasEnded(child)) throw new Error(`nginx did not start:\n${readFileSync(join(folder, "error.log"), "utf8")}`);
    const response = await fetch(`http://127.0.0.1:${ports.origin}/`).catch(() => undefined);
    await response?.body?.cancel();
    return response !== undefined;
  });
  return {
    async stop() {
      if (hasEnded(child)) return;
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    },
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{([A-Z_0-9]+)\}/g, (placeholder, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${placeholder} of the nginx template has no value`);
    return value;
  });
}

/** Root's workers stay root, since the pages lie in a folder that may be root's alone. */
function mainConfig(folder: string, site: string): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  return `
daemon off;
worker_processes 2;
pid "${folder}/nginx.pid";
error_log "${folder}/error.log" error;
${process.getuid?.() === 0 ? "user root;" : ""}
events { worker_connections 8192; }
http {
  types {
    text/html html; text/css css; application/javascript js mjs; application/json json map webmanifest;
    image/svg+xml svg; image/png png; image/jpeg jpg; image/webp webp; image/x-icon ico; font/woff2 woff2; text/plain txt;
  }
  default_type application/octet-stream;
  sendfile on;
  ${temporary.map((name) => `${name}_temp_path "${folder}/${name}_temp";`).join("\n  ")}
${site}
}
`;
}
