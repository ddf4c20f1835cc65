import { z } from "zod";
import { ApiError, NobodyListens } from "./ApiError.ts";

export type Account = {
  readonly email: string;
  /** Calls rest_service as this account; logs in when that is needed. @throws ApiError @throws NobodyListens */
  call<Schema extends z.ZodType>(
    schema: Schema,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<z.output<Schema>>;
};

const TIMEOUT_MS = 10_000;
const Login = z.object({ access_token: z.string() });
const ProblemCode = z.object({ code: z.string() });

/** An account of the marketplace at `api`. Its token is renewed by logging in again. */
export function createAccount(api: string, email: string, password: string): Account {
  let token: string | undefined;

  async function send(method: string, path: string, body: unknown): Promise<unknown> {
    const response = await fetch(`${api}${path}`, {
      method,
      headers: {
        "content-type": "application/json",
        "idempotency-key": crypto.randomUUID(),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: unknown) => {
      throw new NobodyListens(`nothing answers at ${api}: start the marketplace with npm start`, { cause: error });
    });
    const answer: unknown = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    throw new ApiError(response.status, ProblemCode.safeParse(answer).data?.code ?? "UNKNOWN");
  }

  async function logIn(): Promise<void> {
    token = undefined;
    token = Login.parse(await send("POST", "/api/auth/login", { email, password })).access_token;
  }

  return {
    email,
    async call(schema, method, path, body) {
      if (token === undefined) await logIn();
      try {
        return schema.parse(await send(method, path, body));
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 401) throw error;
        await logIn();
        return schema.parse(await send(method, path, body));
      }
    },
  };
}
