import { describe, expect, test } from "bun:test";
import { lastFaultIn } from "./lastFaultIn.ts";
import { parsePostmasterPid } from "./postmasterPid.ts";

describe("postmaster.pid", () => {
  test("names the process and its data directory", () => {
    const text = "4711\n/srv/data/postgres\n1795000000\n36317\n\n127.0.0.1\n  5432001    32768\nready   \n";
    expect(parsePostmasterPid(text)).toEqual({
      pid: 4711,
      dataDirectory: "/srv/data/postgres",
      sharedMemoryId: 32_768,
    });
  });

  test.each(["", "\n", "4711", "-12\n/srv/data", "what\n/srv/data", "4711\n\n"])(
    "is not believed when it is %j",
    (text) => {
      expect(parsePostmasterPid(text)).toBeUndefined();
    },
  );
});

describe("the server's log", () => {
  test("tells the last fatal line without its head", () => {
    const log = [
      "2026-11-24 04:54:48.491 UTC [11643] FATAL:  the database system is starting up",
      "2026-11-24 04:54:49.100 UTC [11640] LOG:  shutting down",
      "2026-11-24 04:54:49.120 UTC [11640] FATAL:  could not create any TCP/IP sockets",
      "",
    ].join("\n");
    expect(lastFaultIn(log)).toBe("could not create any TCP/IP sockets");
  });

  test("tells nothing when there is none", () => {
    expect(lastFaultIn("LOG:  all is well\n")).toBe("");
  });
});
