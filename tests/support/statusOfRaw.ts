import { connect } from "node:net";

/** Sends these very bytes to a server, as no client would, and resolves to the status of its answer. */
export function statusOfRaw(url: string, bytes: string): Promise<number> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.setTimeout(5_000, () => socket.destroy(new Error("no answer within 5 s")));
    socket.once("error", reject);
    socket.once("data", (answer) => {
      socket.destroy();
      resolve(Number(/^HTTP\/1\.\d (\d+)/.exec(answer.toString("latin1"))?.[1]));
    });
  });
}
