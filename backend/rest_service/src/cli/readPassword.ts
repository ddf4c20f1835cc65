import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { CliError } from "./runCli.ts";

/**
 * A password that no list of processes and no history of a shell shows: asked for twice on the terminal, which does not
 * show it either, or, where standard input is no terminal, its first line.
 * @throws CliError when there is none: the input has ended, or Ctrl-C.
 */
export async function readPassword(): Promise<string> {
  const terminal = process.stdin.isTTY;
  // In place of the terminal readline echoes what is typed: to nowhere.
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const input = createInterface({ input: process.stdin, output, terminal });
  const lines = input[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done === true) throw new CliError("no password was given");
    return line.value;
  };
  const ask = async (prompt: string): Promise<string> => {
    process.stderr.write(prompt);
    try {
      return await next();
    } finally {
      process.stderr.write("\n");
    }
  };
  try {
    if (!terminal) return await next();
    const password = await ask("Password: ");
    if ((await ask("Again: ")) !== password) throw new CliError("the two passwords differ");
    return password;
  } finally {
    input.close();
  }
}
