import { X509Certificate } from "node:crypto";
import { createSecureContext } from "node:tls";
import { nodeOf, redisAddress, type RedisNode } from "./redisAddress.ts";

/** How Redis is got at. */
export type RedisPlace = {
  /** See `redisAddress`. */
  readonly url: string;
  /** Used where the URL has none. */
  readonly password?: string;
  /** For `rediss…`, in PEM: whom to believe instead of the public authorities, and who we are. */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string };
  /** Where the addresses that sentinels or nodes of a cluster announce are reached from here. */
  readonly nat?: Readonly<Record<string, RedisNode>>;
};

/** The variables of a service that say so; the files' contents, not their names. */
export type RedisSettings = {
  readonly REDIS_URL: string;
  readonly REDIS_PASSWORD?: string | undefined;
  readonly REDIS_TLS_CA?: string | undefined;
  readonly REDIS_TLS_CERT?: string | undefined;
  readonly REDIS_TLS_KEY?: string | undefined;
  readonly REDIS_NAT?: string | undefined;
};

/** @throws with what is wrong, for the operator: also when files for TLS are given and nothing would be encrypted. */
export function redisPlace(settings: RedisSettings): RedisPlace {
  const { REDIS_URL: url, REDIS_PASSWORD: password, REDIS_NAT: nat } = settings;
  const tls = tlsOf(settings);
  return {
    url,
    ...(password === undefined ? {} : { password }),
    ...(tls === undefined ? {} : { tls }),
    ...(nat === undefined ? {} : { nat: redisNat(nat) }),
  };
}

/**
 * Reads `announced=reached,…`, as `10.0.0.5:6379=redis-1.example:6379`.
 * @throws with what is wrong.
 */
export function redisNat(text: string): Readonly<Record<string, RedisNode>> {
  const pairs = text.split(",").map((pair) => {
    const [announced, reached, ...more] = pair.split("=");
    if (announced === undefined || reached === undefined || more.length > 0) {
      throw new Error("must look like announced:6379=reached:6379,announced:6380=reached:6380");
    }
    const { host, port } = nodeOf(announced, 6379);
    return [`${host}:${port}`, nodeOf(reached, 6379)] as const;
  });
  return Object.fromEntries(pairs);
}

function tlsOf(settings: RedisSettings): RedisPlace["tls"] {
  const { REDIS_TLS_CA: ca, REDIS_TLS_CERT: cert, REDIS_TLS_KEY: key } = settings;
  if (ca === undefined && cert === undefined && key === undefined) return undefined;
  if (!redisAddress(settings.REDIS_URL).tls) {
    throw new Error("REDIS_TLS_… is set, but REDIS_URL does not start with rediss: nothing would be encrypted");
  }
  if ((cert === undefined) !== (key === undefined)) {
    throw new Error("REDIS_TLS_CERT and REDIS_TLS_KEY are set together or not at all");
  }
  const tls = {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined || key === undefined ? {} : { cert, key }),
  };
  try {
    createSecureContext(tls);
    // A file without a certificate would leave us with the public authorities.
    if (ca !== undefined) void new X509Certificate(ca);
    return tls;
  } catch (error) {
    throw new Error("REDIS_TLS_…: these certificates cannot be used", { cause: error });
  }
}
