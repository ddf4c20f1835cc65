import { describe, expect, test } from "bun:test";
import { SignJWT } from "jose";
import { createTokenVerifier, signAccessToken, signRoomToken, verifyRoomToken } from "./accessToken.ts";

const SECRET = "a secret of the tests, longer than 32 bytes";
const OTHER_SECRET = "another secret of the tests, as long as it";
const soon = () => Math.floor(Date.now() / 1000) + 600;
const strict = createTokenVerifier({ secret: SECRET, compat: false });
const compat = createTokenVerifier({ secret: SECRET, compat: true });

function foreignToken(claims: Record<string, unknown>, header: { alg: string; typ?: string } = { alg: "HS256" }) {
  return new SignJWT(claims)
    .setProtectedHeader(header)
    .setExpirationTime(soon())
    .sign(new TextEncoder().encode(SECRET));
}

describe("an access token", () => {
  test("gives back the principal it was signed for", async () => {
    const principal = {
      user_id: "5",
      role: "SELLER",
      seller_id: "123",
      session_id: "s",
      expires_at: soon(),
    } as const;
    expect(await strict(await signAccessToken(SECRET, principal))).toEqual({
      kind: "valid",
      principal: { ...principal, issued_at: expect.any(Number) },
    });
  });

  test("is told apart when it has expired, so that the browser renews it", async () => {
    const token = await signAccessToken(SECRET, { user_id: "5", role: "ADMIN", expires_at: soon() - 3600 });
    expect(await strict(token)).toEqual({ kind: "expired" });
  });

  test.each([
    ["nonsense", "nonsense"],
    ["an empty string", ""],
    ["braces", '{"alg":"none"}.{}.'],
    ["three empty parts", ".."],
  ])("that is %s is invalid", async (_, token) => {
    expect(await strict(token)).toEqual({ kind: "invalid" });
  });

  test("signed with another secret is invalid", async () => {
    const token = await signAccessToken(OTHER_SECRET, { user_id: "5", role: "ADMIN", expires_at: soon() });
    expect(await strict(token)).toEqual({ kind: "invalid" });
  });

  test("with a payload changed after signing is invalid", async () => {
    const token = await signAccessToken(SECRET, { user_id: "5", role: "CLIENT", expires_at: soon() });
    const [head, payload = "", signature] = token.split(".");
    const changed = Buffer.from(payload, "base64url").toString().replace("CLIENT", "ADMIN");
    expect(await strict([head, Buffer.from(changed).toString("base64url"), signature].join("."))).toEqual({
      kind: "invalid",
    });
  });

  test("without a signature (alg none), or with another algorithm, is invalid", async () => {
    const payload = { sub: "5", role: "ADMIN", iss: "espigon", aud: "espigon", exp: soon() };
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    expect(await compat(`${encode({ alg: "none" })}.${encode(payload)}.`)).toEqual({ kind: "invalid" });
    expect(await compat(await foreignToken(payload, { alg: "HS512" }))).toEqual({ kind: "invalid" });
  });

  test("of an issuer that names neither itself nor us, or its user by another claim, is for compat alone", async () => {
    const named = { iss: "espigon", aud: "espigon" };
    for (const claims of [
      { sub: "5", role: "ADMIN" },
      { ...named, user_id: "5", role: "ADMIN" },
    ]) {
      const token = await foreignToken(claims);
      expect([(await strict(token)).kind, (await compat(token)).kind]).toEqual(["invalid", "valid"]);
    }
  });

  test("of a seller without a shop, or of an unknown role, is invalid", async () => {
    expect(await compat(await foreignToken({ sub: "5", role: "SELLER" }))).toEqual({ kind: "invalid" });
    expect(await compat(await foreignToken({ sub: "5", role: "ROOT" }))).toEqual({ kind: "invalid" });
  });

  test("of another issuer of the same secret passes only in compatibility mode", async () => {
    const token = await foreignToken({ user_id: 5, role: "SELLER", seller_id: 123 });
    expect(await strict(token)).toEqual({ kind: "invalid" });
    expect(await compat(token)).toMatchObject({
      kind: "valid",
      principal: { user_id: "5", role: "SELLER", seller_id: "123" },
    });
  });

  test("made for another audience is invalid even in compatibility mode", async () => {
    expect(await compat(await foreignToken({ sub: "5", role: "ADMIN", aud: "billing" }))).toEqual({ kind: "invalid" });
  });
});

describe("an access token lives as long as its issuer says", () => {
  const DAY = 24 * 60 * 60;
  const now = Math.floor(Date.now() / 1000);
  const verdictOn = async (claims: { exp: number; iat?: number }) => {
    const token = await new SignJWT({ user_id: "5", role: "CLIENT", ...claims })
      .setProtectedHeader({ alg: "HS256" })
      .sign(new TextEncoder().encode(SECRET));
    return compat(token);
  };

  test("where it says when it was issued", async () => {
    const verdict = await verdictOn({ iat: now - 30 * DAY, exp: now + 300 * DAY });
    expect(verdict).toMatchObject({ kind: "valid", principal: { issued_at: now - 30 * DAY } });
  });

  test("and for a day where it does not", async () => {
    expect((await verdictOn({ exp: now + DAY })).kind).toBe("valid");
    expect(await verdictOn({ exp: now + 2 * DAY })).toEqual({ kind: "undated" });
  });

  test("and an issue that is far ahead says nothing", async () => {
    expect(await verdictOn({ iat: now + 30 * DAY, exp: now + 31 * DAY })).toEqual({ kind: "undated" });
    const early = await verdictOn({ iat: now + 3600, exp: now + 7200 });
    expect(early.kind === "valid" && "issued_at" in early.principal).toBe(false);
  });
});

describe("a room token", () => {
  const grant = { room: "order-9", user_id: "5", role: "CLIENT" } as const;

  test("opens its room to its user alone, in the role that they had", async () => {
    const token = await signRoomToken(SECRET, { ...grant, expires_at: soon() });
    expect(await verifyRoomToken(SECRET, token, grant)).toBe(true);
    expect(await verifyRoomToken(SECRET, token, { ...grant, user_id: "6" })).toBe(false);
    expect(await verifyRoomToken(SECRET, token, { ...grant, room: "order-8" })).toBe(false);
    expect(await verifyRoomToken(SECRET, token, { ...grant, role: "ADMIN" })).toBe(false);
    expect(await verifyRoomToken(OTHER_SECRET, token, grant)).toBe(false);
  });

  test("opens nothing when it has expired", async () => {
    const token = await signRoomToken(SECRET, { ...grant, expires_at: soon() - 3600 });
    expect(await verifyRoomToken(SECRET, token, grant)).toBe(false);
  });

  test("and an access token cannot stand in for one another", async () => {
    const room = await signRoomToken(SECRET, { ...grant, expires_at: soon() });
    const access = await signAccessToken(SECRET, { user_id: "5", role: "CLIENT", expires_at: soon() });
    expect(await compat(room)).toEqual({ kind: "invalid" });
    expect(await verifyRoomToken(SECRET, access, grant)).toBe(false);
  });
});
