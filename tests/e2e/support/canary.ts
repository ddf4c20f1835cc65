import type { BrowserContext, Response } from "@playwright/test";

/** A text that only seller 1, client 1 and administrators may ever receive: the note of an order between the two. */
export function canary(): string {
  const text = process.env["E2E_CANARY"];
  if (text === undefined) throw new Error("E2E_CANARY is not set: the global setup sets it");
  return text;
}

type User = { readonly name: string; readonly role: string; readonly seller_id: string | null };

const mayRead = (user: User | undefined) =>
  user?.role === "ADMIN" || user?.seller_id === "1" || user?.name === process.env["E2E_CANARY_CLIENT"];

/**
 * Looks into every answer and every frame that reaches a browser. Resolves, when asked, to the places where somebody
 * received the canary who may not.
 */
export function watchForCanary(context: BrowserContext): () => Promise<readonly string[]> {
  const leaks: string[] = [];
  const looks = new Set<Promise<void>>();
  let user: User | undefined;

  const judge = (where: string, text: string, reader: User | undefined): void => {
    if (text.includes(canary()) && !mayRead(reader)) leaks.push(`${reader?.name ?? "nobody"} received it: ${where}`);
  };
  const look = async (response: Response): Promise<void> => {
    const before = user;
    // The body of an answer that nobody waits for any more, because the page has gone on, cannot be had.
    const text = await response.text().catch(() => "");
    if (
      /\/api\/auth\/(login|refresh|register)$/.test(new URL(response.url()).pathname) &&
      response.ok() &&
      text !== ""
    ) {
      user = (JSON.parse(text) as { user: User }).user;
    }
    judge(response.url(), text, before ?? user);
  };

  context.on("response", (response) => {
    // The body of an event stream has no end.
    if (!/json/.test(response.headers()["content-type"] ?? "")) return;
    const looking = look(response).finally(() => looks.delete(looking));
    looks.add(looking);
  });
  context.on("page", (page) => {
    page.on("websocket", (socket) => {
      socket.on("framereceived", ({ payload }) => judge(socket.url(), String(payload), user));
    });
  });
  return async () => {
    await Promise.all(looks);
    return leaks;
  };
}
