import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { openMarketplace } from "../testing/randomMarketplace.ts";
import { createTestMarketplace, type TestMarketplace } from "../testing/testMarketplace.ts";

let database: TestMarketplace;
beforeAll(async () => {
  database = await createTestMarketplace();
  await openMarketplace(database.pool, { sellers: 1, clients: 2 });
});
afterAll(() => database.close());
setDefaultTimeout(60_000);

test("migrate says that there is nothing to do", async () => {
  expect(await run("migrate")).toEqual({ code: 0, out: "the database is up to date", err: "" });
});

test("stats:verify passes on sound figures, and names each that is not and exits 1", async () => {
  expect(await run("statsVerify")).toMatchObject({
    code: 0,
    out: "the statistics are what the orders say, at seq 0 with 2 events still in the outbox",
  });
  await database.pool.query("insert into stats_seller_day (seller_id, day, net_sales) values (1, '2026-11-24', 5)");
  const { code, out, err } = await run("statsVerify");
  expect(code).toBe(1);
  expect(out).toBe("stats_seller_day seller_id=1 day=2026-11-24: net_sales is 5, the orders say 0");
  expect(err).toBe("stats:verify: 1 figures differ at seq 0 with 2 events still in the outbox; see stats:rebuild");
});

test("stats:rebuild mends what stats:verify found", async () => {
  expect(await run("statsRebuild")).toMatchObject({ code: 0, out: "rebuilt the statistics from the log up to seq 0" });
  expect(await run("statsVerify")).toMatchObject({ code: 0 });
});

test("admin:create makes one administrator, and refuses a second of the same e-mail and a weak password", async () => {
  const good = ["--email", "Jefa@Espigon.test", "--password", "a long enough one"];
  expect(await run("adminCreate", ...good)).toMatchObject({
    code: 0,
    out: "created the administrator jefa@espigon.test",
  });
  expect(await run("adminCreate", ...good)).toMatchObject({
    code: 1,
    err: "admin:create: jefa@espigon.test has an account already",
  });
  const weak = await run("adminCreate", "--email", "b@espigon.test", "--password", "short");
  expect(weak).toMatchObject({ code: 1, err: "admin:create: the password must have at least 8 characters" });
  const { rows } = await database.pool.query("select email, role from users where role = 'ADMIN'");
  expect(rows).toEqual([{ email: "jefa@espigon.test", role: "ADMIN" }]);
});

test("admin:create takes the password from the first line of standard input", async () => {
  const piped = (text: string, ...args: string[]) => run("adminCreate", new Blob([text]), ...args);
  const email = "piped@espigon.test";
  expect(await piped("a long enough one\nanother line\n", "--email", email, "--name", "Ana")).toMatchObject({
    code: 0,
    out: `created the administrator ${email}`,
  });
  expect(await proves(email, "a long enough one")).toBe(true);
  expect(await piped("", "--email", "none@espigon.test")).toMatchObject({
    code: 1,
    err: "admin:create: no password was given",
  });
});

test("admin:create asks for the password twice on a terminal, and shows it nowhere", async () => {
  const email = "typed@espigon.test";
  const good = await type(email, ["a long enough one", "a long enough one"]);
  expect(good.code).toBe(0);
  expect(good.seen).toContain(`created the administrator ${email}`);
  expect(good.seen).not.toContain("long");
  expect(await proves(email, "a long enough one")).toBe(true);
});

test("admin:create makes nobody when the two passwords differ, or after Ctrl-C", async () => {
  const different = await type("other@espigon.test", ["a long enough one", "a long enough two"]);
  expect(different.code).toBe(1);
  expect(different.seen).toContain("the two passwords differ");
  expect((await type("other@espigon.test", ["a long enough one", "\u0003"])).code).not.toBe(0);
  const { rowCount } = await database.pool.query("select from users where email = 'other@espigon.test'");
  expect(rowCount).toBe(0);
});

test("a command without a database says what is missing, in one place", async () => {
  const { code, err } = await run("migrate", { DATABASE_URL: "" });
  expect(code).toBe(1);
  expect(err).toBe("migrate: The configuration is not usable: DATABASE_URL: is required");
});

test.each(["migrate", "statsVerify", "statsRebuild", "adminCreate"])(
  "%s connects by no sslmode that the services refuse",
  async (command) => {
    const url = new URL(database.url);
    url.searchParams.set("sslmode", "require");
    const { code, out, err } = await run(command, { DATABASE_URL: url.href });
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/^[\w:]+: The configuration is not usable: DATABASE_URL: must say sslmode=verify-full .*$/);
  },
);

/** Whether this is the password of that account. */
async function proves(email: string, password: string): Promise<boolean> {
  const { rows } = await database.pool.query<{ hash: string }>(
    "select password_hash as hash from users where email = $1",
    [email],
  );
  return Bun.password.verify(password, rows[0]?.hash ?? "");
}

/** Runs admin:create on a terminal, and answers each of its questions by the next of these. */
async function type(email: string, answers: readonly string[]) {
  let seen = "";
  const left = [...answers];
  const child = Bun.spawn([process.execPath, `${import.meta.dir}/adminCreate.ts`, "--email", email], {
    env: { ...process.env, DATABASE_URL: database.url },
    terminal: {
      data(terminal, data) {
        const asked = seen.split(": ").length;
        seen += new TextDecoder().decode(data);
        for (let more = seen.split(": ").length - asked; more > 0; more -= 1) terminal.write(`${left.shift() ?? ""}\r`);
      },
    },
  });
  return { code: await child.exited, seen };
}

async function run(command: string, ...args: (string | Blob | Record<string, string>)[]) {
  const stdin = args.find((arg) => arg instanceof Blob) ?? "ignore";
  const settings = args.filter((arg) => typeof arg !== "string" && !(arg instanceof Blob));
  const env = Object.assign({}, ...settings) as Record<string, string>;
  const child = Bun.spawn(
    [process.execPath, `${import.meta.dir}/${command}.ts`, ...args.filter((arg) => typeof arg === "string")],
    { env: { ...process.env, DATABASE_URL: database.url, ...env }, stdin, stdout: "pipe", stderr: "pipe" },
  );
  const [out, err, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { code, out: out.trim(), err: err.trim() };
}
