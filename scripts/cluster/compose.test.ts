import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { BlockList } from "node:net";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { RealtimeConfig } from "../../backend/realtime_service/src/config.ts";
import { ReportConfig } from "../../backend/report_service/src/config.ts";
import { RestConfig } from "../../backend/rest_service/src/config.ts";

const read = (path: string) => Bun.file(fileURLToPath(new URL(`../../${path}`, import.meta.url))).text();

const Service = z.object({
  build: z.object({ context: z.literal("."), target: z.string() }).optional(),
  stop_grace_period: z.string().optional(),
  healthcheck: z.object({ test: z.array(z.string()), start_period: z.string().optional() }).optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.coerce.string()).default({}),
  networks: z.object({ default: z.object({ ipv4_address: z.string() }) }).optional(),
});
const Compose = z.object({
  services: z.record(z.string(), Service),
  networks: z.object({
    default: z.object({
      ipam: z.object({ config: z.array(z.object({ subnet: z.string(), ip_range: z.string() })).length(1) }),
    }),
  }),
});
const compose = Compose.parse(Bun.YAML.parse(await read("compose.yaml")));
const dockerfile = await read("Dockerfile");
const template = await read("ops/nginx.conf.template");

test("compose.yaml is a cluster: two of every service, which exist as programs", async () => {
  const mains = Object.values(compose.services).flatMap(({ command }) => command?.slice(2) ?? []);
  for (const service of ["rest", "realtime", "report"]) {
    const main = `backend/${service}_service/src/main.ts`;
    expect(mains.filter((path) => path === main)).toHaveLength(2);
    expect((await read(main)).length).toBeGreaterThan(0);
  }
});

test("nginx in compose.yaml has a value for each blank of its template, and its upstreams are services", () => {
  const environment = compose.services["nginx"]?.environment ?? {};
  const blanks = [...template.matchAll(/\$\{([A-Z_0-9]+)\}/g)].map(([, name]) => name ?? "");
  expect(new Set(Object.keys(environment))).toEqual(new Set(blanks));
  for (const [name, address] of Object.entries(environment).filter(([key]) => /_[12]$/.test(key))) {
    const [host = "", port] = address.split(":");
    expect([name, Object.keys(compose.services)]).toEqual([name, expect.arrayContaining([host])]);
    expect(port).toBe({ rest: "3000", realtime: "8085", report: "4000" }[host.slice(0, -2)] ?? "?");
  }
});

const CONFIGS = { rest: RestConfig, realtime: RealtimeConfig, report: ReportConfig } as const;
const SECRET = { JWT_SECRET: "x".repeat(64), POSTGRES_PASSWORD: "p", METRICS_TOKEN: "m".repeat(16) };

/** As compose fills in a variable: a value of `.env`, else the default that stands behind `:-`. */
function filledIn(text: string, env: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{([A-Z_]+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind?: string, rest?: string) => {
    const value = env[name] ?? "";
    if (value === "" && kind === "?") throw new Error(`${name} is required`);
    return value === "" && kind === "-" ? (rest ?? "") : value;
  });
}

test.each(Object.entries(CONFIGS))(
  "%s starts with what compose.yaml and .env.example give it",
  async (name, Config) => {
    const example = [...(await read(".env.example")).matchAll(/^([A-Z_]+)=(.*)$/gm)];
    const env: Record<string, string> = Object.fromEntries(example.map(([, key = "", value = ""]) => [key, value]));
    for (const text of Object.values(compose.services["postgres"]?.environment ?? {})) {
      if (text.includes("?")) expect(() => filledIn(text, env)).toThrow("is required");
    }
    for (const node of [`${name}-1`, `${name}-2`]) {
      const { environment = {}, healthcheck } = compose.services[node] ?? {};
      const given = Object.entries(environment).map(([key, text]) => [key, filledIn(text, { ...env, ...SECRET })]);
      const { PORT, ...config } = Config.strict().parse(Object.fromEntries(given)) as Record<string, unknown>;
      expect(config["JWT_SECRET"]).toBe(SECRET.JWT_SECRET);
      expect(healthcheck?.test).toEqual(["CMD", "node", "scripts/isReady.mjs", String(PORT)]);
    }
  },
);

test("a check of readiness tells a node that is ready from one that is not, and from none", async () => {
  let status = 200;
  const node = Bun.serve({
    port: 0,
    fetch: (request) => new Response(null, { status: isAsked(request) ? status : 404 }),
  });
  const isAsked = (request: Request) => new URL(request.url).pathname === "/readyz";
  const check = () =>
    Bun.spawn(["node", fileURLToPath(new URL("../isReady.mjs", import.meta.url)), `${node.port}`]).exited;
  expect(await check()).toBe(0);
  status = 503;
  expect(await check()).toBe(1);
  await node.stop(true);
  expect(await check()).toBe(1);
});

test("what compose.yaml builds is in the Dockerfile, from files that exist, and its services do not run as root", () => {
  const stages = [...dockerfile.matchAll(/^FROM \S+ AS (\w+)$/gm)].map(([, name = ""]) => name);
  const targets = Object.values(compose.services).flatMap(({ build }) => build?.target ?? []);
  expect(new Set(targets)).toEqual(new Set(stages));
  for (const [, source = ""] of dockerfile.matchAll(/^COPY (\S+) \S+$/gm)) {
    expect([source, existsSync(fileURLToPath(new URL(`../../${source}`, import.meta.url)))]).toEqual([source, true]);
  }
  const services = dockerfile.slice(dockerfile.indexOf(" AS services"), dockerfile.indexOf(" AS proxy"));
  expect(services.match(/^(USER|CMD) .*$/gm)?.[0]).toBe("USER node");
  expect(services).toContain("ENV NODE_ENV=production");
});

test("what git does not keep, such as .env, does not get into an image", async () => {
  const linesOf = (text: string) => text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const kept = new Set(linesOf(await read(".dockerignore")));
  for (const line of linesOf(await read(".gitignore"))) expect(kept).toContain(`**/${line.replace(/\/$/, "")}`);
  expect(kept).toContain(".git");
});

test("a container is given longer to leave than a node takes", () => {
  for (const name of ["rest-1", "rest-2", "realtime-1", "realtime-2", "report-1", "report-2"]) {
    // A node ends by itself after 10 s, whatever it waits for.
    expect(Number.parseInt(compose.services[name]?.stop_grace_period ?? "", 10)).toBeGreaterThan(10);
  }
});

test("a rest node that migrates a large database is not called unhealthy meanwhile", () => {
  for (const name of ["rest-1", "rest-2"]) {
    // In minutes; docs/operations.md has the time of a migration.
    expect(compose.services[name]?.healthcheck?.start_period).toMatch(/^[1-9]\d*m$/);
  }
});

test("a leaving node waits longer than nginx leaves one alone", () => {
  const longest = Math.max(...[...template.matchAll(/fail_timeout=(\d+)s/g)].map(([, seconds]) => Number(seconds)));
  for (const name of ["rest-1", "realtime-1", "report-1"]) {
    expect(Number(compose.services[name]?.environment["DRAIN_DELAY_MS"])).toBeGreaterThan((longest + 1) * 1000);
  }
});

test("each node has an address of its own, which no other container can get", () => {
  const [{ subnet, ip_range: others } = { subnet: "", ip_range: "" }] = compose.networks.default.ipam.config;
  const addresses = Object.entries(compose.services).flatMap(([name, { networks }]) =>
    /^(rest|realtime|report)-[12]$/.test(name) ? [networks?.default.ipv4_address ?? name] : [],
  );
  expect(new Set(addresses).size).toBe(6);
  for (const address of addresses) {
    expect([address, isIn(subnet, address), isIn(others, address)]).toEqual([address, true, false]);
  }
});

function isIn(network: string, address: string): boolean {
  const [base = "", bits] = network.split("/");
  const list = new BlockList();
  list.addSubnet(base, Number(bits), "ipv4");
  return list.check(address, "ipv4");
}
