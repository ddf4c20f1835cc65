/** rest_service refused: its problem document's status and code. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string) {
    super(`${status} ${code}`);
    this.status = status;
    this.code = code;
  }
}

/** Nothing answers at the address. */
export class NobodyListens extends Error {
  override readonly name = "NobodyListens";
}
