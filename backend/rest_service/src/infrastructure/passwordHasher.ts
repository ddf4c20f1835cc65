import type { PasswordHasher } from "../application/PasswordHasher.ts";

/** OWASP's least for argon2id: 19 MiB and two passes; about 20 ms of one core. */
const ARGON2ID = { algorithm: "argon2id", memoryCost: 19_456, timeCost: 2 } as const;

export type PasswordHasherOptions = {
  /** Hashes at one time; each takes 19 MiB and a core. */
  readonly concurrency: number;
  /** How many may wait for their turn; one more is turned away. */
  readonly maxWaiting: number;
};

/** argon2id on Bun's own threads, so that the event loop goes on, and never more of it than the machine can bear. */
export function createPasswordHasher(options: PasswordHasherOptions): PasswordHasher {
  let running = 0;
  const waiting: (() => void)[] = [];
  const dummy = Bun.password.hash("nobody has this password", ARGON2ID);

  async function inTurn<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    if (running >= options.concurrency) {
      if (waiting.length >= options.maxWaiting) return undefined;
      // Whoever finishes hands its turn over: `running` stays as it is.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  }

  return {
    hash: (password) => inTurn(() => Bun.password.hash(password, ARGON2ID)),
    verify: (password, hash) =>
      inTurn(async () => {
        if (hash !== undefined) return Bun.password.verify(password, hash);
        await Bun.password.verify(password, await dummy);
        return false;
      }),
  };
}
