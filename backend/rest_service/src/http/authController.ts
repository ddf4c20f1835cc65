import { ProblemError } from "@espigon/service_kit";
import { createRoute } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { ChangePassword } from "../application/ChangePassword.ts";
import type { Login } from "../application/Login.ts";
import type { Logout } from "../application/Logout.ts";
import type { PrincipalCheck } from "../application/principalCheck.ts";
import type { RefreshSession } from "../application/RefreshSession.ts";
import type { Register } from "../application/Register.ts";
import type { Tokens } from "../application/sessionTokens.ts";
import { createRouter } from "./createRouter.ts";
import { createRefreshCookie } from "./refreshCookie.ts";
import { refusals } from "./refusals.ts";
import { refuseForeignSites } from "./refuseForeignSites.ts";
import type { RequireRole } from "./requireRole.ts";
import { answers, BEARER, body, refuses } from "./responses.ts";
import { ChangePasswordBody, LoginBody, RegisterBody, SessionAnswer } from "./schemas/authSchemas.ts";

const tags = ["auth"];

const registerRoute = createRoute({
  method: "post",
  path: "/api/auth/register",
  tags,
  summary: "Open an account, as a client or as a seller with a shop, and log in",
  request: { body: body(RegisterBody) },
  responses: { 201: answers(SessionAnswer, "The account is open"), ...refuses(400, 403, 409, 413, 415, 429, 503) },
});

const loginRoute = createRoute({
  method: "post",
  path: "/api/auth/login",
  tags,
  summary: "Log in; the refresh token comes as an HttpOnly cookie",
  request: { body: body(LoginBody) },
  responses: { 200: answers(SessionAnswer, "Logged in"), ...refuses(400, 401, 403, 413, 415, 429, 503) },
});

const refreshRoute = createRoute({
  method: "post",
  path: "/api/auth/refresh",
  tags,
  summary: "Exchange the refresh cookie for a new one and a new access token",
  responses: { 200: answers(SessionAnswer, "Refreshed"), ...refuses(401, 403, 413) },
});

const logoutRoute = createRoute({
  method: "post",
  path: "/api/auth/logout",
  tags,
  summary: "End the session of the refresh cookie",
  responses: { 204: { description: "No session is left" }, ...refuses(403, 413) },
});

export type AuthControllerDeps = {
  readonly register: Register;
  readonly login: Login;
  readonly refresh: RefreshSession;
  readonly logout: Logout;
  readonly changePassword: ChangePassword;
  readonly requireRole: RequireRole;
  readonly principals: PrincipalCheck;
  readonly allowedOrigins: readonly string[];
  readonly cookieSecure: boolean;
};

export function createAuthController(deps: AuthControllerDeps) {
  const cookie = createRefreshCookie({ secure: deps.cookieSecure });

  function sessionAnswer(context: Context, tokens: Tokens) {
    cookie.write(context, tokens);
    return { access_token: tokens.access_token, expires_in: tokens.expires_in, user: tokens.user };
  }

  const passwordRoute = createRoute({
    method: "post",
    path: "/api/auth/password",
    tags,
    summary: "Change one's own password: every session ends, and a new one begins here",
    security: BEARER,
    middleware: deps.requireRole(),
    request: { body: body(ChangePasswordBody) },
    responses: { 200: answers(SessionAnswer, "Changed"), ...refuses(400, 401, 403, 413, 415, 429, 503) },
  });

  const router = createRouter();
  router.use("/api/auth/*", refuseForeignSites(deps.allowedOrigins));

  router.openapi(registerRoute, async (context) => {
    const result = await deps.register({ ...context.req.valid("json"), address: context.env.address });
    switch (result.kind) {
      case "registered":
        return context.json(sessionAnswer(context, result.tokens), 201);
      case "weak_password":
        throw refusals.invalid("password", result.fault);
      case "email_taken":
        throw new ProblemError({ status: 409, code: "EMAIL_TAKEN", title: "This e-mail address has an account" });
      case "limited":
        throw refusals.tooManyAttempts(result.retry_after_s);
      case "busy":
        throw refusals.busy();
    }
  });

  router.openapi(loginRoute, async (context) => {
    const result = await deps.login({ ...context.req.valid("json"), address: context.env.address });
    switch (result.kind) {
      case "logged_in":
        return context.json(sessionAnswer(context, result.tokens), 200);
      case "refused":
        throw new ProblemError({
          status: 401,
          code: "INVALID_CREDENTIALS",
          title: "The e-mail address or the password is wrong",
        });
      case "limited":
        throw refusals.tooManyAttempts(result.retry_after_s);
      case "busy":
        throw refusals.busy();
    }
  });

  router.openapi(refreshRoute, async (context) => {
    const token = cookie.read(context);
    if (token === undefined) throw refusals.unauthenticated();
    const result = await deps.refresh(token);
    if (result.kind === "refreshed") return context.json(sessionAnswer(context, result.tokens), 200);
    if (result.session_id !== undefined) deps.principals.forget(result.session_id);
    // The cookie stays: another tab may have put a good one in its place by now.
    throw refusals.unauthenticated("The session is over");
  });

  router.openapi(logoutRoute, async (context) => {
    const token = cookie.read(context);
    if (token !== undefined) await deps.logout(token);
    cookie.clear(context);
    return context.body(null, 204);
  });

  router.openapi(passwordRoute, async (context) => {
    const { current_password, new_password } = context.req.valid("json");
    const result = await deps.changePassword(context.get("principal"), {
      current: current_password,
      next: new_password,
    });
    switch (result.kind) {
      case "changed":
        return context.json(sessionAnswer(context, result.tokens), 200);
      case "wrong_password":
        // Not 401: the session stands, and a client must not take it for the end of it.
        throw new ProblemError({ status: 403, code: "INVALID_CREDENTIALS", title: "The current password is wrong" });
      case "weak_password":
        throw refusals.invalid("new_password", result.fault);
      case "limited":
        throw refusals.tooManyAttempts(result.retry_after_s);
      case "busy":
        throw refusals.busy();
    }
  });

  return router;
}
