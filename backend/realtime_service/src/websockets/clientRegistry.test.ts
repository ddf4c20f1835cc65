import { expect, test } from "bun:test";
import fc from "fast-check";
import { fakeClient } from "../testing/fakeClient.ts";
import type { Client } from "./client.ts";
import { createClientRegistry } from "./clientRegistry.ts";

test("a registry holds exactly what was added and not removed, whole and by user", () => {
  const step = fc.record({ user: fc.constantFrom("1", "2", "3"), remove: fc.boolean(), pick: fc.nat() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const registry = createClientRegistry();
      const model: Client[] = [];
      for (const { user, remove, pick } of steps) {
        if (remove && model.length > 0) {
          const [removed] = model.splice(pick % model.length, 1);
          if (removed === undefined) throw new Error("nothing to remove");
          registry.remove(removed);
          registry.remove(removed);
        } else {
          const client = fakeClient({ user_id: user, role: "CLIENT" });
          model.push(client);
          registry.add(client);
        }
        expect(registry.size).toBe(model.length);
        expect(new Set(registry)).toEqual(new Set(model));
        const ofUser = model.filter(({ principal }) => principal.user_id === user);
        expect([...registry.ofUser(user)]).toEqual(ofUser);
      }
    }),
  );
});
