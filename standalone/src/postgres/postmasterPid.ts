/** What PostgreSQL writes to `postmaster.pid` of its data directory while it runs. */
export type PostmasterPid = { readonly pid: number; readonly dataDirectory: string };

/** Reads the text of `postmaster.pid`; `undefined` when it is torn or foreign. */
export function parsePostmasterPid(text: string): PostmasterPid | undefined {
  const [pid = "", dataDirectory = ""] = text.split("\n");
  // Single-user mode writes a negative pid.
  if (!/^[1-9]\d*$/.test(pid) || dataDirectory === "") return undefined;
  return { pid: Number(pid), dataDirectory };
}
