/** Why a socket was closed, and so what the client does next. */
export const CloseCode = {
  /** Going away: reconnect. */
  GOING_AWAY: 1001,
  /** Broke the rate limits. */
  POLICY: 1008,
  TOO_BIG: 1009,
  /** Restart: reconnect. */
  RESTART: 1012,
  MALFORMED: 4400,
  /** Token expired or invalid: get a new one, then reconnect. */
  UNAUTHORIZED: 4401,
  /** Revoked or forbidden: do not reconnect. */
  FORBIDDEN: 4403,
  /** Too many connections: back off. */
  TOO_MANY: 4429,
} as const;
export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode];

export type AfterClose = "reconnect" | "refresh_token" | "back_off" | "stop";

/** What a client does after a close. Codes that it does not know mean: reconnect. */
export function afterClose(code: number): AfterClose {
  switch (code) {
    case CloseCode.UNAUTHORIZED:
      return "refresh_token";
    case CloseCode.FORBIDDEN:
      return "stop";
    case CloseCode.TOO_MANY:
    case CloseCode.POLICY:
    case CloseCode.MALFORMED:
    case CloseCode.TOO_BIG:
      return "back_off";
    default:
      return "reconnect";
  }
}
