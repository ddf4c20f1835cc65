/** A child process that answers one question at a time over IPC. */
export type Child = {
  ask<Reply>(question: string, argument?: unknown): Promise<Reply>;
  stop(): Promise<void>;
};

type Question = { question: string; argument: unknown };
type Reply = { reply: unknown } | { failure: string };

/** The longest that any question may take, in milliseconds. */
const TIMEOUT_MS = 180_000;

/** Starts `bench/support/<script>` with these arguments. */
export function startChild(script: string, ...args: readonly string[]): Child {
  let settle: ((reply: Reply) => void) | undefined;
  const child = Bun.spawn([process.execPath, `${import.meta.dir}/${script}`, ...args], {
    stdout: "inherit",
    stderr: "inherit",
    ipc: (message: Reply) => settle?.(message),
  });
  const ended = child.exited.then((code): Reply => ({ failure: `${script} ended with code ${code}` }));
  return {
    async ask<Answer>(question: string, argument?: unknown): Promise<Answer> {
      const replied = new Promise<Reply>((resolve) => {
        settle = resolve;
      });
      child.send({ question, argument } satisfies Question);
      const late = Bun.sleep(TIMEOUT_MS).then((): Reply => ({ failure: `${script} did not answer ${question}` }));
      const reply = await Promise.race([replied, ended, late]);
      if ("failure" in reply) throw new Error(reply.failure);
      return reply.reply as Answer;
    },
    async stop() {
      child.kill("SIGKILL");
      await child.exited;
    },
  };
}

/** The other side: answers the parent's questions until it is killed or the parent is gone. */
export function answerParent(answers: Record<string, (argument: never) => unknown>): void {
  process.on("disconnect", () => process.exit(0));
  process.on("message", ({ question, argument }: Question) => {
    const answer = async (): Promise<Reply> => ({ reply: await answers[question]?.(argument as never) });
    void answer()
      .catch((error: unknown): Reply => ({ failure: error instanceof Error ? error.message : String(error) }))
      .then((reply) => process.send?.(reply));
  });
}
