import type { Principal } from "@espigon/event_contracts";

/** What a handler finds in its context. */
export type AppEnv = {
  Bindings: {
    /** The IP address of the socket's other end. */
    address: string;
  };
  Variables: {
    requestId: string;
    /** Set by `requireRole`. */
    principal: Principal;
  };
};
