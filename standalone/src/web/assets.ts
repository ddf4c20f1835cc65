import { readFileSync, readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

export type Encoding = "br" | "gzip" | "identity";

export type Asset = {
  readonly type: string;
  /** The bytes in an encoding; each is computed once and kept. */
  bytes(encoding: Encoding): Uint8Array<ArrayBuffer>;
  readonly compressible: boolean;
};

/** Reads a built frontend into memory: URL path → asset. The path of a request is looked up here, never on the disk. */
export function loadAssets(folder: string): ReadonlyMap<string, Asset> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const url = path.slice(folder.length).split(sep).join("/");
      return [url, createAsset(Uint8Array.from(readFileSync(path)), Bun.file(path).type)];
    }),
  );
}

export function createAsset(content: Uint8Array<ArrayBuffer>, type: string): Asset {
  const kept = new Map<Encoding, Uint8Array<ArrayBuffer>>([["identity", content]]);
  return {
    type,
    compressible: /^text\/|javascript|json|svg|manifest/.test(type) && content.length > 1_000,
    bytes(encoding) {
      const bytes = kept.get(encoding) ?? encode(content, encoding);
      kept.set(encoding, bytes);
      return bytes;
    },
  };
}

function encode(content: Uint8Array<ArrayBuffer>, encoding: Encoding): Uint8Array<ArrayBuffer> {
  switch (encoding) {
    case "br":
      return Uint8Array.from(brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }));
    case "gzip":
      return Uint8Array.from(gzipSync(content));
    case "identity":
      return content;
  }
}

/** The best encoding that an `accept-encoding` header allows, without its quality weights. */
export function chooseEncoding(accepted: string | null): Encoding {
  const names = (accepted ?? "").split(",").filter((item) => !/;\s*q=0(\.0*)?\s*$/.test(item));
  const offered = new Set(names.map((item) => item.split(";")[0]?.trim()));
  if (offered.has("br")) return "br";
  return offered.has("gzip") ? "gzip" : "identity";
}
