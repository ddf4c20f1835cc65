import type { Principal } from "@espigon/event_contracts";

/** What a handler finds in its context. */
export type AppEnv = {
  Bindings: {
    /** Of whom limits count: the IP address of the client, or its network (`networkOf`). */
    address: string;
  };
  Variables: {
    requestId: string;
    /** Set by `requireRole`. */
    principal: Principal;
  };
};
