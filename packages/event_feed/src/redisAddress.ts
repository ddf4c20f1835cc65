export type RedisNode = { readonly host: string; readonly port: number };

type Credentials = { readonly username?: string; readonly password?: string };

/** Where Redis is: one server, the master that sentinels name, or a cluster that its nodes know. */
export type RedisAddress =
  | { readonly kind: "server"; readonly url: string; readonly tls: boolean }
  | {
      readonly kind: "sentinel";
      readonly sentinels: readonly RedisNode[];
      readonly master: string;
      readonly tls: boolean;
      readonly credentials: Credentials;
      readonly sentinelCredentials: Credentials;
    }
  | {
      readonly kind: "cluster";
      readonly nodes: readonly RedisNode[];
      readonly tls: boolean;
      readonly credentials: Credentials;
    };

const FORMS =
  "redis://host:6379, redis+sentinel://host:26379,host:26379/<master name> or redis+cluster://host:6379,host:6379 (rediss… with TLS)";

const SHAPE = /^(rediss?)(?:\+(sentinel|cluster))?:\/\/(?:([^@/]*)@)?([^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/;

/**
 * Reads a `REDIS_URL`: `redis[s]://[user:password@]host[:port][/db]`,
 * `redis[s]+sentinel://[user:password@]host[:port],…/<master name>[?sentinel_user=…&sentinel_password=…]` or
 * `redis[s]+cluster://[user:password@]host[:port],…`. The password is that of the data nodes.
 * @throws with what is wrong, and without any part of the URL, which may hold a password.
 */
export function redisAddress(url: string): RedisAddress {
  const [, scheme, kind, login, hosts = "", path = "", query] = SHAPE.exec(url) ?? [];
  if (scheme === undefined) throw new Error(`must look like ${FORMS}`);
  const nodes = (defaultPort: number) => hosts.split(",").map((host) => nodeOf(host, defaultPort));
  const tls = scheme === "rediss";
  if (kind === undefined) {
    if (nodes(6379).length > 1) throw new Error("names several hosts: say redis+sentinel:// or redis+cluster://");
    if (!URL.canParse(url)) throw new Error(`must look like ${FORMS}`);
    return { kind: "server", url, tls };
  }
  const credentials = credentialsOf(login);
  if (kind === "cluster") {
    if (!/^0?$/.test(path)) throw new Error("must name no database: a Redis Cluster has only one");
    return { kind: "cluster", nodes: nodes(6379), tls, credentials };
  }
  if (path === "") throw new Error("must end with the name of the master: redis+sentinel://host:26379/<master name>");
  const asked = new URLSearchParams(query);
  return {
    kind: "sentinel",
    sentinels: nodes(26_379),
    master: decoded(path),
    tls,
    credentials,
    sentinelCredentials: withoutEmpty(asked.get("sentinel_user") ?? "", asked.get("sentinel_password") ?? ""),
  };
}

/** Reads `host:port`, an IPv6 address in brackets. @throws when it is none. */
export function nodeOf(text: string, defaultPort: number): RedisNode {
  const [, bracketed, plain, digits] = /^(?:\[([\da-f:.]+)\]|([^\s:[\]]+))(?::(\d{1,5}))?$/i.exec(text.trim()) ?? [];
  const host = bracketed ?? plain;
  const port = digits === undefined ? defaultPort : Number(digits);
  if (host === undefined || port < 1 || port > 65_535) throw new Error("must name its hosts as host:port,host:port");
  return { host, port };
}

function credentialsOf(login: string | undefined): Credentials {
  if (login === undefined || login === "") return {};
  const colon = login.indexOf(":");
  const username = decoded(colon < 0 ? login : login.slice(0, colon));
  const password = colon < 0 ? "" : decoded(login.slice(colon + 1));
  return withoutEmpty(username, password);
}

function withoutEmpty(username: string, password: string): Credentials {
  return { ...(username === "" ? {} : { username }), ...(password === "" ? {} : { password }) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error("has a % that starts no escape: write it as %25");
  }
}
