import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A Python that has the library "websockets", as `npm test` found or installed it; absent when there is none. */
export const pythonPath: string | undefined = process.env["TEST_PYTHON_WEBSOCKETS"];

const SCRIPT = fileURLToPath(new URL("client.py", import.meta.url));

export type PythonClient = {
  /** Takes a step of `client.py` and resolves to what came of it. @throws with what it printed when it failed. */
  do(name: string, ...parameters: readonly unknown[]): Promise<unknown>;
  stop(): Promise<void>;
};

/** Starts `client.py` for this address. It connects when it is told so. */
export function startPythonClient(url: string): PythonClient {
  if (pythonPath === undefined) throw new Error("TEST_PYTHON_WEBSOCKETS is not set: run the tests by `npm test`");
  const child = spawn(pythonPath, [SCRIPT, url], { stdio: "pipe" });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async do(name, ...parameters) {
      child.stdin.write(`${JSON.stringify([name, ...parameters])}\n`);
      const answer = await answers.next();
      if (answer.done === true) throw new Error(`client.py failed at ${name}:\n${complaint}`);
      return JSON.parse(answer.value) as unknown;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}
