import { problemResponse } from "./problem.ts";

/** The part of a Bun server that draining needs. */
type Drainable = Pick<Bun.Server<undefined>, "stop" | "pendingRequests">;

export type DrainOptions = {
  /** How long the service goes on as if nothing were, while `/readyz` says that it leaves, in milliseconds. */
  readonly delayMs: number;
  /** How long requests under way may take to end, in milliseconds. What is left is cut. */
  readonly graceMs: number;
  /** Whether a request may be repeated by whoever gets no answer. Default: GET, HEAD, and what has an Idempotency-Key. */
  readonly mayRepeat?: (request: Request) => boolean;
  /** Waits so many milliseconds, before it refuses and while it does. */
  readonly pause?: (ms: number) => Promise<void>;
};

export type Drain = {
  /** From the moment on that the service was told to stop. */
  readonly begun: () => boolean;
  /** The answer to a request that should go to another node; `undefined` when it is to be served. */
  readonly refusal: (request: Request) => Response | undefined;
  /** Leaves. Resolves when nothing is under way any more and the port is free. Idempotent. */
  readonly close: (server: Drainable) => Promise<void>;
};

/** Longer than it takes a proxy to hear 503 and to try another node. */
const REFUSING_MS = 300;
const POLL_MS = 20;

/**
 * How a service leaves without a failed request. First only its readiness says so, for balancers that ask. Then, for
 * proxies that learn from answers, what may be repeated is refused with 503: the proxy repeats it elsewhere and sends
 * nothing more here. Only then the port is closed, since a connection that is just being made would be cut: a request
 * on it may have been taken, and nobody could tell. Without a delay there is nobody else, and the port closes at once.
 */
export function createDrain({ delayMs, graceMs, mayRepeat = isRepeatable, pause = Bun.sleep }: DrainOptions): Drain {
  let state: "open" | "leaving" | "refusing" = "open";
  let closed: Promise<void> | undefined;

  async function close(server: Drainable): Promise<void> {
    state = "leaving";
    if (delayMs > 0) {
      await pause(delayMs);
      state = "refusing";
      await pause(REFUSING_MS);
    }
    const stopped = server.stop();
    const deadline = performance.now() + graceMs;
    while (server.pendingRequests > 0 && performance.now() < deadline) await Bun.sleep(POLL_MS);
    await server.stop(true);
    await stopped;
  }

  return {
    begun: () => state !== "open",
    refusal: (request) => (state === "refusing" && mayRepeat(request) ? elsewhere() : undefined),
    close: (server) => (closed ??= close(server)),
  };
}

function isRepeatable({ method, headers }: Request): boolean {
  return method === "GET" || method === "HEAD" || headers.has("idempotency-key");
}

function elsewhere(): Response {
  return problemResponse(
    { type: "about:blank", title: "This node is leaving", status: 503, code: "UNAVAILABLE" },
    { "retry-after": "1" },
  );
}
