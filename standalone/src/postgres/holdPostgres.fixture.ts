// Starts a server on the folder of the first argument, commits a word, prints the server's pid, and waits to be killed.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "./embeddedPostgres.ts";

const server = await startEmbeddedPostgres({ dataFolder: process.argv[2] ?? "" });
const client = new pg.Client({ connectionString: server.url });
await client.connect();
await client.query("create table held as select 'kept' as word");
console.log(readFileSync(join(server.cluster, "postmaster.pid"), "utf8").split("\n")[0]);
setInterval(() => {}, 60_000);
