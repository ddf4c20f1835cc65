import { expect, test } from "bun:test";
import { Hono } from "hono";
import { PoolFullError } from "../infrastructure/persistence/createPool.ts";
import { silentLogger } from "../testing/silentLogger.ts";
import type { AppEnv } from "./AppEnv.ts";
import { createErrorHandler } from "./answerProblem.ts";

async function answerTo(error: Error): Promise<Response> {
  const app = new Hono<AppEnv>();
  app.get("/", () => {
    throw error;
  });
  app.onError(createErrorHandler(silentLogger));
  return app.request("/");
}

const coded = (code: string) => Object.assign(new Error("lost"), { code });

test.each([
  ["no connection of the pool came free", new Error("timeout exceeded when trying to connect")],
  ["the server did not answer", new Error("Query read timeout")],
  ["the connection broke", new Error("Connection terminated unexpectedly")],
  ["the connection had broken before", new Error("Client has encountered a connection error and is not queryable")],
  ["the host's name cannot be resolved", coded("EAI_AGAIN")],
  ["the host's name is gone", coded("ENOTFOUND")],
  ["the server is stopping", coded("57P01")],
  ["the server has too many connections", coded("53300")],
  ["the pool is full and enough wait", new PoolFullError("full")],
  ["the server has become a replica", coded("25006")],
  ["the database ended one of two that waited for each other", coded("40P01")],
  ["the database took a transaction back for another's sake", coded("40001")],
])("when %s, the client is told to come back", async (_, error) => {
  const answer = await answerTo(error);
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "1"]);
  expect(await answer.json()).toMatchObject({ code: "UNAVAILABLE" });
});

test.each([
  ["an error of the database's", coded("42P01")],
  ["a mistake of ours", new Error("a mistake")],
])("%s is a 500 that says nothing", async (_, error) => {
  const answer = await answerTo(error);
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toMatch(/lost|mistake/);
});
