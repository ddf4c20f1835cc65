export type RestFailureKind =
  /** The viewer's token was refused: by rest_service itself, so a session may have ended before its token. */
  | "unauthenticated"
  | "token_expired"
  | "forbidden"
  | "not_found"
  | "invalid"
  /** The viewer has as many reads under way as one user may. */
  | "busy"
  /** No usable answer in time: down, overloaded, or an answer that breaks the contract. */
  | "unavailable";

/** A read from rest_service that brought no rows. The message is for the log, not for viewers. */
export class RestFailure extends Error {
  override readonly name = "RestFailure";
  readonly kind: RestFailureKind;

  constructor(kind: RestFailureKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

const OF_THE_VIEWER: ReadonlySet<RestFailureKind> = new Set(["unauthenticated", "token_expired", "forbidden", "busy"]);

/** Whether the failure is about the viewer who was read for, and says nothing about other viewers. */
export function concernsViewerOnly(error: unknown): boolean {
  return error instanceof RestFailure && OF_THE_VIEWER.has(error.kind);
}
