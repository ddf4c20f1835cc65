import { createPool } from "../../../backend/rest_service/src/infrastructure/persistence/createPool.ts";
import { createUserRepository } from "../../../backend/rest_service/src/infrastructure/persistence/userRepository.ts";
import { silentLogger } from "../../../backend/rest_service/src/testing/silentLogger.ts";
import type { Cluster } from "../cluster/startCluster.ts";
import { type Person, person } from "../model/World.ts";

/** So many more clients, registered by the statement of rest_service: to hash their passwords would take longer than a race. */
export async function createBuyers({ database }: Cluster, count: number): Promise<readonly Person[]> {
  const pool = createPool({ url: database.url(), applicationName: "buyers", logger: silentLogger, max: 4 });
  try {
    const users = createUserRepository(pool);
    return await Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const email = `buyer${index}@faults.test`;
        const user = await users.register({ email, password_hash: "x", name: `Buyer ${index}`, shop: undefined });
        if (user === undefined) throw new Error(`${email} has an account already`);
        return person({ user_id: user.id, role: "CLIENT", expires_at: 0 });
      }),
    );
  } finally {
    await pool.end();
  }
}
