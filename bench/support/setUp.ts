import { cpus } from "node:os";

/** What a figure depends on besides the code: printed above every table. */
export function printSetUp(title: string, details: Readonly<Record<string, string | number>>): void {
  const [cpu] = cpus();
  console.log(`\n# ${title}`);
  console.log(
    `${cpus().length} × ${cpu?.model ?? "unknown CPU"}, Bun ${Bun.version}, loopback, ${new Date().toISOString()}`,
  );
  for (const [name, value] of Object.entries(details)) console.log(`- ${name}: ${value}`);
  console.log("");
}
