/** What PostgreSQL writes to `postmaster.pid` of its data directory while it runs. */
export type PostmasterPid = {
  readonly pid: number;
  readonly dataDirectory: string;
  /** The System V segment to which all processes of the server are attached; absent early in a start. */
  readonly sharedMemoryId?: number;
};

/** Reads the text of `postmaster.pid`; `undefined` when it is torn or foreign. */
export function parsePostmasterPid(text: string): PostmasterPid | undefined {
  const [pid = "", dataDirectory = "", , , , , segment = ""] = text.split("\n");
  // Single-user mode writes a negative pid.
  if (!/^[1-9]\d*$/.test(pid) || dataDirectory === "") return undefined;
  const [, id] = segment.trim().split(/\s+/);
  return { pid: Number(pid), dataDirectory, ...(id === undefined ? {} : { sharedMemoryId: Number(id) }) };
}
