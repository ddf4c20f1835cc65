import { describe, expect, test } from "bun:test";
import { readEnv } from "./env.ts";

describe("where the services are", () => {
  test("is this machine, unless something else is said", () => {
    expect(readEnv(null, {})).toEqual({
      apiUrl: "http://localhost:3000",
      wsUrl: "ws://localhost:8085",
      graphqlUrl: "http://localhost:4000/graphql",
    });
  });

  test("comes from the build's variables", () => {
    expect(readEnv(null, { VITE_WS_URL: "wss://live.test/" }).wsUrl).toBe("wss://live.test");
  });

  test("comes from the page before all else", () => {
    const meta = JSON.stringify({ apiUrl: "", wsUrl: "ws://localhost:9085" });
    expect(readEnv(meta, { VITE_API_URL: "http://elsewhere.test" })).toEqual({
      apiUrl: "",
      wsUrl: "ws://localhost:9085",
      graphqlUrl: "http://localhost:4000/graphql",
    });
  });

  test("is where the page comes from, when the page says so", () => {
    const meta = JSON.stringify({ apiUrl: "", wsUrl: "", graphqlUrl: "/graphql" });
    const own = { apiUrl: "", wsUrl: "wss://espigon.test", graphqlUrl: "/graphql" };
    expect(readEnv(meta, {}, "https://espigon.test")).toEqual(own);
    expect(readEnv(meta, {}, "http://localhost:8080").wsUrl).toBe("ws://localhost:8080");
  });

  test("a broken page is noticed", () => {
    expect(() => readEnv("{", {})).toThrow();
    expect(() => readEnv('{"apiUrl":7}', {})).toThrow();
  });
});
