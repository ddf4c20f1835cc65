import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Service } from "@espigon/service_kit";
import { statusOfRaw } from "../../../tests/support/statusOfRaw.ts";
import { portsAt } from "../ports.ts";
import { runtimeConfigFor } from "../runtimeConfigFor.ts";
import { startStaticServer } from "./staticServer.ts";

const script = `console.log(${JSON.stringify("pesca ".repeat(400))})`;
let folder: string;
let server: Service;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "espigon-web-"));
  mkdirSync(join(folder, "dist", "assets"), { recursive: true });
  writeFileSync(join(folder, "secret.txt"), "not for the web");
  writeFileSync(join(folder, "dist", "index.html"), "<!doctype html><html><head><title>E</title></head></html>");
  writeFileSync(join(folder, "dist", "assets", "index-abc.js"), script);
  server = startStaticServer({
    folder: join(folder, "dist"),
    host: "127.0.0.1",
    port: 0,
    configFor: (hostname) => runtimeConfigFor(hostname, portsAt(100)),
  });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const get = (path: string, init?: RequestInit) => fetch(`${server.url}${path}`, init);

describe("the server of the frontend", () => {
  test("gives the page, with the addresses of the services, for every path that is no file", async () => {
    for (const path of ["/", "/index.html", "/seller/analytics?period=TODAY"]) {
      const response = await get(path);
      expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(response.headers.get("cache-control")).toBe("no-cache");
      expect(await response.text()).toContain("&quot;apiUrl&quot;:&quot;http://127.0.0.1:3100&quot;");
    }
  });

  test("lets the page connect to the services and run scripts of its own only", async () => {
    const policy = (await get("/")).headers.get("content-security-policy") ?? "";
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain(
      "connect-src 'self' http://127.0.0.1:3100 ws://127.0.0.1:8185 http://127.0.0.1:8185 http://127.0.0.1:4100;",
    );
    expect(policy).toContain("frame-ancestors 'none'");
  });

  test("gives hashed files for ever, compressed for whoever can read that", async () => {
    for (const encoding of ["br", "gzip", "identity"]) {
      const response = await get("/assets/index-abc.js", { headers: { "accept-encoding": encoding } });
      expect(response.headers.get("content-encoding")).toBe(encoding === "identity" ? null : encoding);
      expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
      expect(await response.text()).toBe(script);
    }
  });

  test("says 404 for a hashed file that is not there, so that a page of an older build is not taken for a script", async () => {
    expect((await get("/assets/index-old.js")).status).toBe(404);
  });

  test.each(["/../secret.txt", "/%2e%2e/secret.txt", "/assets/../../secret.txt", "/..%2fsecret.txt"])(
    "does not leave its folder for %s",
    async (path) => {
      expect(await (await get(path)).text()).not.toContain("not for the web");
    },
  );

  test("refuses a request that names no host", async () => {
    expect(await statusOfRaw(server.url, "GET / HTTP/1.0\r\n\r\n")).toBe(400);
  });

  test("takes nothing but GET and HEAD", async () => {
    expect((await get("/", { method: "POST" })).status).toBe(405);
    const head = await get("/", { method: "HEAD" });
    expect(head.status).toBe(200);
    expect(await head.text()).toBe("");
  });
});
