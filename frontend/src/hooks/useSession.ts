import { useMemo, useSyncExternalStore } from "react";
import type { Registration, Session, SessionState } from "../lib/Session.ts";
import type { User } from "../lib/resources.ts";
import { useServices } from "./useServices.ts";

export type UseSession = SessionState & {
  /** @throws ApiError, such as `INVALID_CREDENTIALS`. */
  readonly login: (email: string, password: string) => Promise<User>;
  /** @throws ApiError, such as `EMAIL_TAKEN` and `INVALID_INPUT`. */
  readonly register: (registration: Registration) => Promise<User>;
  /** @throws ApiError, such as `INVALID_CREDENTIALS` and `INVALID_INPUT`. */
  readonly changePassword: Session["changePassword"];
  readonly logout: () => Promise<void>;
};

/** Who is logged in, and the ways in and out. */
export function useSession(): UseSession {
  const { session } = useServices();
  const state = useSyncExternalStore(session.subscribe, session.state);
  return useMemo(() => {
    const { login, register, changePassword, logout } = session;
    return { ...state, login, register, changePassword, logout };
  }, [session, state]);
}
