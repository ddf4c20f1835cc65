import { expect, test } from "bun:test";
import { BlockList } from "node:net";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const read = (path: string) => Bun.file(fileURLToPath(new URL(`../../${path}`, import.meta.url))).text();

const Service = z.object({
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
