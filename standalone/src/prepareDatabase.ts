import { migrate } from "@espigon/rest_service";
import pg from "pg";
import { seedDemo } from "./demo/seedDemo.ts";

/** Migrates, and fills an empty database when `demo` is asked for. Returns whether the demo accounts exist. */
export async function prepareDatabase(url: string, demo: boolean): Promise<boolean> {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  pool.on("error", () => {});
  try {
    await migrate(pool);
    return demo && (await seedDemo(pool));
  } finally {
    await pool.end();
  }
}
