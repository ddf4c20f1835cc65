/** How long requests under way may take to end, in milliseconds: the floor's wait and a few reads. */
const GRACE_MS = 8_000;
const POLL_MS = 20;

type Drainable = Pick<Bun.Server<undefined>, "stop" | "pendingRequests">;

/** Stops accepting at once, lets requests under way end, then cuts what is left. */
export async function drain(server: Drainable): Promise<void> {
  const closed = server.stop();
  const deadline = performance.now() + GRACE_MS;
  while (server.pendingRequests > 0 && performance.now() < deadline) await Bun.sleep(POLL_MS);
  await server.stop(true);
  await closed;
}
