import type { Principal } from "@espigon/event_contracts";
import {
  createTokenVerifier,
  type Logger,
  LOOPBACK,
  networkOf,
  signAccessToken,
  signRoomToken,
} from "@espigon/service_kit";
import type pg from "pg";
import { createAttemptLimiter } from "../application/attemptLimiter.ts";
import { createChangePassword } from "../application/ChangePassword.ts";
import { createCreateOrder } from "../application/CreateOrder.ts";
import { createLogin } from "../application/Login.ts";
import { createLogout } from "../application/Logout.ts";
import { createManageProducts } from "../application/manageProducts.ts";
import { createMarkOrderAsDelivered } from "../application/MarkOrderAsDelivered.ts";
import { createPrincipalCheck } from "../application/principalCheck.ts";
import { createRefreshSession } from "../application/RefreshSession.ts";
import { createRegister } from "../application/Register.ts";
import { noSharedAttempts, type SharedAttempts } from "../application/SharedAttempts.ts";
import type { StatisticsReader } from "../application/StatisticsReader.ts";
import { createUpdateOrderStatus } from "../application/UpdateOrderStatus.ts";
import { createVerifyPayment } from "../application/VerifyPayment.ts";
import type { RestConfig } from "../config.ts";
import { createPasswordHasher } from "../infrastructure/passwordHasher.ts";
import { createAccountAdministration } from "../infrastructure/persistence/accountAdministration.ts";
import { createEventLogRepository } from "../infrastructure/persistence/eventLogRepository.ts";
import { createOrderRepository } from "../infrastructure/persistence/orderRepository.ts";
import { createProductRepository } from "../infrastructure/persistence/productRepository.ts";
import { createSessionRepository } from "../infrastructure/persistence/sessionRepository.ts";
import { createUserRepository } from "../infrastructure/persistence/userRepository.ts";
import { createAuthController } from "./authController.ts";
import { createBaseApp } from "./createBaseApp.ts";
import { createDocsController } from "./docsController.ts";
import { createEventController } from "./eventController.ts";
import { type OpenApiDocument, openApiDocument } from "./openApiDocument.ts";
import { createOrderController } from "./orderController.ts";
import { createProductController } from "./productController.ts";
import { createRequireRole } from "./requireRole.ts";
import { createStatisticsController } from "./statisticsController.ts";
import { createUserController } from "./userController.ts";

/** Life of a room token, in seconds: long enough to join again after a lost connection. */
const ROOM_TOKEN_LIFE_S = 60 * 60;

/** Failed logins within this time. */
const LOGIN_WINDOW_MS = 15 * 60_000;
const LOGIN_FAILURES_PER_ACCOUNT = 10;
const LOGIN_FAILURES_PER_EMAIL = 300;
const LOGIN_FAILURES_PER_ADDRESS = 100;
/** Good logins too. Not of this machine: see below. */
const LOGINS_PER_ADDRESS = 1000;
/**
 * Registrations of one address within an hour; a whole quarter may share an address. Not of this machine: if everybody
 * seems to come from there, behind a proxy that is not trusted, a limit would shut everybody out.
 */
const REGISTRATIONS_PER_ADDRESS = 60;
const REGISTRATION_WINDOW_MS = 60 * 60_000;
const LIMITER_KEYS = 50_000;

export type AppDeps = {
  readonly pool: pg.Pool;
  readonly config: Pick<RestConfig, "JWT_SECRET" | "JWT_COMPAT" | "CORS_ORIGINS" | "COOKIE_SECURE">;
  readonly logger: Logger;
  readonly statistics: StatisticsReader;
  /** Called after each commit that left an event in the outbox. */
  readonly committed: () => void;
  /** What is tried on all nodes, against the limits of attempts; none by default. Stays open. */
  readonly attempts?: SharedAttempts;
  /** The clock; the system's by default. */
  readonly now?: () => Date;
};

export type App = {
  /** Answers every request, which came from this address; never rejects. */
  readonly fetch: (request: Request, address?: string) => Promise<Response>;
  readonly openApi: OpenApiDocument;
  /** Stops believing sessions: somebody has ended them. */
  readonly forgetSessions: (sessionIds: readonly string[]) => void;
};

/** Puts the REST interface together over one pool. */
export function createApp(deps: AppDeps): App {
  const { pool, config, logger, committed, now = () => new Date() } = deps;
  const { JWT_SECRET: secret, CORS_ORIGINS: allowedOrigins, COOKIE_SECURE: cookieSecure } = config;

  const accounts = createUserRepository(pool);
  const sessions = createSessionRepository(pool);
  const products = createProductRepository(pool);
  const orders = createOrderRepository(pool);
  const passwords = createPasswordHasher({ concurrency: 2, maxWaiting: 100 });
  const principals = createPrincipalCheck({ accounts, now });
  const verify = createTokenVerifier({ secret, compat: config.JWT_COMPAT, now });
  const requireRole = createRequireRole({ verify, principals });

  const tokens = { sessions, now, signToken: (principal: Principal) => signAccessToken(secret, principal) };

  const limits = {
    windowMs: LOGIN_WINDOW_MS,
    maxKeys: LIMITER_KEYS,
    shared: deps.attempts ?? noSharedAttempts,
    now: () => now().getTime(),
  };
  const moves = { orders, committed };

  const app = createBaseApp({ logger, allowedOrigins, https: cookieSecure });
  const controllers = [
    createAuthController({
      register: createRegister({
        ...tokens,
        accounts,
        passwords,
        perAddress: createAttemptLimiter({
          ...limits,
          name: "registrations of an address",
          limit: REGISTRATIONS_PER_ADDRESS,
          windowMs: REGISTRATION_WINDOW_MS,
          exempt: LOOPBACK,
        }),
        committed,
      }),
      login: createLogin({
        ...tokens,
        accounts,
        passwords,
        perAccount: createAttemptLimiter({
          ...limits,
          name: "logins of an account",
          limit: LOGIN_FAILURES_PER_ACCOUNT,
        }),
        perEmail: createAttemptLimiter({ ...limits, name: "logins of an e-mail", limit: LOGIN_FAILURES_PER_EMAIL }),
        perAddress: createAttemptLimiter({
          ...limits,
          name: "logins of an address",
          limit: LOGIN_FAILURES_PER_ADDRESS,
        }),
        hashes: createAttemptLimiter({
          ...limits,
          name: "hashes of an address",
          limit: LOGINS_PER_ADDRESS,
          exempt: LOOPBACK,
        }),
      }),
      refresh: createRefreshSession({ ...tokens, committed }),
      logout: createLogout({ sessions, principals, committed }),
      changePassword: createChangePassword({
        ...tokens,
        accounts,
        passwords,
        perUser: createAttemptLimiter({ ...limits, name: "passwords of a user", limit: LOGIN_FAILURES_PER_ACCOUNT }),
        committed,
      }),
      requireRole,
      principals,
      allowedOrigins,
      cookieSecure,
    }),
    createProductController({ products, manage: createManageProducts({ products, committed }), requireRole }),
    createOrderController({
      orders,
      createOrder: createCreateOrder({ orders, committed }),
      updateOrderStatus: createUpdateOrderStatus(moves),
      verifyPayment: createVerifyPayment(moves),
      markOrderAsDelivered: createMarkOrderAsDelivered(moves),
      requireRole,
      roomToken: (wish) =>
        signRoomToken(secret, { ...wish, expires_at: Math.floor(now().getTime() / 1000) + ROOM_TOKEN_LIFE_S }),
    }),
    createEventController({ events: createEventLogRepository(pool), requireRole }),
    createStatisticsController({ statistics: deps.statistics, requireRole }),
    createUserController({ accounts: createAccountAdministration(pool), requireRole, committed }),
  ];
  for (const controller of controllers) app.route("/", controller);
  const openApi = openApiDocument(app);
  app.route("/", createDocsController(openApi));

  return {
    openApi,
    forgetSessions(sessionIds) {
      for (const sessionId of sessionIds) principals.forget(sessionId);
    },
    fetch: async (request, address = "unknown") => app.fetch(request, { address: networkOf(address) }),
  };
}
