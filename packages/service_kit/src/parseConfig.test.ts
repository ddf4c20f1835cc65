import { expect, test } from "bun:test";
import { z } from "zod";
import {
  ConfigError,
  EnvFlag,
  EnvList,
  EnvOrigins,
  EnvPemFile,
  EnvPort,
  EnvReadableBy,
  JwtSecret,
  parseConfig,
} from "./parseConfig.ts";

const Schema = z.object({
  PORT: EnvPort.default(3000),
  JWT_SECRET: JwtSecret,
  CORS_ORIGINS: EnvList.default([]),
  ALLOW_QUERY_TOKEN: EnvFlag.default(false),
});
const JWT_SECRET = "0123456789abcdef0123456789abcdef";

test("an environment becomes typed values, with defaults for what is absent or empty", () => {
  expect(
    parseConfig(Schema, { JWT_SECRET, PORT: "", CORS_ORIGINS: "http://a, http://b", ALLOW_QUERY_TOKEN: "true" }),
  ).toEqual({
    PORT: 3000,
    JWT_SECRET,
    CORS_ORIGINS: ["http://a", "http://b"],
    ALLOW_QUERY_TOKEN: true,
  });
});

test("every fault is listed at once on one line, and no value is repeated", () => {
  const parse = () => parseConfig(Schema, { JWT_SECRET: "hunter2", PORT: "99999", ALLOW_QUERY_TOKEN: "maybe" });
  expect(parse).toThrow(ConfigError);
  expect(parse).toThrow(/^.*PORT: .*; JWT_SECRET: is too weak.*; ALLOW_QUERY_TOKEN: must be true or false$/);
  expect(parse).not.toThrow(/hunter2/);
});

test("a missing secret says what to set", () => {
  expect(() => parseConfig(Schema, {})).toThrow("JWT_SECRET: is required: set a random value of at least 32 bytes");
});

test("a value that its reader refuses is a fault with the reader's words, and without the value", () => {
  const read = (value: string) => {
    if (value !== "good") throw new Error("must be good");
  };
  const Schema = z.object({ PLACE: EnvReadableBy(read) });
  expect(parseConfig(Schema, { PLACE: "good" })).toEqual({ PLACE: "good" });
  expect(() => parseConfig(Schema, { PLACE: "hunter2" })).toThrow("PLACE: must be good");
});

test("an origin is what a browser sends: scheme, host and port, and nothing after", () => {
  const Schema = z.object({ ORIGINS: EnvOrigins });
  const good = "https://espigon.example,http://localhost:8080";
  expect(parseConfig(Schema, { ORIGINS: good })).toEqual({ ORIGINS: good.split(",") });
  for (const bad of [
    "https://espigon.example/",
    "espigon.example",
    "https://a,https://B.example",
    "https://a:443",
    "*",
  ]) {
    expect(() => parseConfig(Schema, { ORIGINS: bad })).toThrow("ORIGINS: must be origins without a path");
  }
});

test("a PEM file is read, and what is none is said to be so without its content", async () => {
  const Files = z.object({ CA: EnvPemFile, KEY: EnvPemFile, NONE: EnvPemFile.optional() });
  const parse = (env: Record<string, string>) => parseConfig(Files, env);
  const file = `${process.env["TMPDIR"] ?? "/tmp"}/espigon-pem-${crypto.randomUUID()}`;
  const pem = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n";
  await Bun.write(file, pem);
  expect(parse({ CA: file, KEY: file })).toEqual({ CA: pem, KEY: pem });
  await Bun.write(file, "hunter2");
  expect(() => parse({ CA: file, KEY: `${file}-absent` })).toThrow(/CA: must name.*PEM form; KEY: .*\(ENOENT\)/);
  expect(() => parse({ CA: file, KEY: file })).not.toThrow(/hunter2/);
  await Bun.file(file).delete();
});
