import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

type Pair = { readonly cert: string; readonly key: string };

/** What a server is started with: the names of its files, and what a client on its side needs. */
export type ServerCertificates = {
  readonly ca: string;
  readonly server: Pair;
  readonly files: Pair & { readonly ca: string };
};

/** Certificates of an authority that only a test knows, in PEM. */
export type TestCertificates = ServerCertificates & {
  /** For a host that is not this one; `server` is for 127.0.0.1 and localhost. */
  readonly elsewhere: ServerCertificates;
  /** Another authority, which has signed nothing here, and its file. */
  readonly otherCa: string;
  readonly otherCaFile: string;
  readonly remove: () => void;
};

/** Makes the certificates; absent where there is no such program, as hardly anywhere. */
export const opensslPath: string | undefined = Bun.which("openssl") ?? undefined;

/** Valid for two days, in a folder of their own. */
export function createTestCertificates(): TestCertificates {
  const folder = mkdtempSync(join(tmpdir(), "espigon-certificates-"));
  const fileOf = (name: string) => join(folder, name);
  const make = (name: string, ...more: readonly string[]): Pair => {
    const [key, cert] = [fileOf(`${name}.key`), fileOf(`${name}.crt`)];
    const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
    execFileSync(
      opensslPath ?? "openssl",
      ["req", "-x509", ...kind, "-keyout", key, "-out", cert, "-subj", `/CN=${name}`, ...more],
      { stdio: "pipe", timeout: 30_000 },
    );
    return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  };
  const { cert: ca } = make("authority");
  const { cert: otherCa } = make("other-authority");
  const signed = (name: string, hosts: string): ServerCertificates => {
    const by = ["-CA", fileOf("authority.crt"), "-CAkey", fileOf("authority.key")];
    const names = ["-addext", `subjectAltName=${hosts}`, "-addext", "basicConstraints=critical,CA:FALSE"];
    return {
      ca,
      server: make(name, ...by, ...names),
      files: { ca: fileOf("authority.crt"), cert: fileOf(`${name}.crt`), key: fileOf(`${name}.key`) },
    };
  };
  return {
    ...signed("server", "IP:127.0.0.1,DNS:localhost"),
    elsewhere: signed("elsewhere", "DNS:elsewhere.example"),
    otherCa,
    otherCaFile: fileOf("other-authority.crt"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
