import { parseArgs } from "node:util";
import { passwordFault } from "../domain/passwordFault.ts";
import { createPasswordHasher } from "../infrastructure/passwordHasher.ts";
import { readPassword } from "./readPassword.ts";
import { CliError, runCli } from "./runCli.ts";

const USAGE = "usage: npm run admin:create -- --email E [--name N] [--password P]";

await runCli("admin:create", async (pool) => {
  const { email, name, ...given } = readArguments();
  const password = given.password ?? (await readPassword());
  const fault = passwordFault(password, email);
  if (fault !== undefined) throw new CliError(`the password ${fault}`);
  const hash = await createPasswordHasher({ concurrency: 1, maxWaiting: 0 }).hash(password);
  const { rowCount } = await pool.query(
    `insert into users (email, password_hash, name, role) values ($1, $2, $3, 'ADMIN') on conflict (email) do nothing`,
    [email, hash, name],
  );
  if (rowCount === 0) throw new CliError(`${email} has an account already`);
  console.log(`created the administrator ${email}`);
});

function readArguments(): { email: string; password?: string; name: string } {
  const text = { type: "string" } as const;
  const { values } = parseArgs({ options: { email: text, password: text, name: text } });
  const email = values.email?.trim().toLowerCase();
  if (email === undefined || !/^[^@\s]+@[^@\s]+$/.test(email)) throw new CliError(USAGE);
  return { name: "Administrator", ...values, email };
}
