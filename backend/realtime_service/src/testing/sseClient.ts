import { until } from "./testClient.ts";

export type SseMessage = { readonly event: string; readonly id: string | undefined; readonly data: unknown };

export type SseClient = {
  readonly messages: SseMessage[];
  /** Resolves to the first message with a frame of this type that was not taken before; fails after 10 s. */
  next(type: string): Promise<Record<string, unknown> & { readonly id: string | undefined }>;
  /** Resolves to what `event: close` told, once the stream has ended. */
  closure(): Promise<unknown>;
  readonly ended: () => boolean;
  close(): void;
};

/** Reads an event stream as the standard says, by `\n` and blank lines, over `fetch`. */
export async function openSse(url: string, token: string, headers: Record<string, string> = {}): Promise<SseClient> {
  const abort = new AbortController();
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    signal: abort.signal,
  });
  if (!response.ok || response.body === null) throw new Error(`refused with ${response.status}`);
  const messages: SseMessage[] = [];
  const taken = new Set<SseMessage>();
  let ended = false;

  const read = async (body: ReadableStream<Uint8Array>) => {
    const decoder = new TextDecoder();
    let text = "";
    for await (const chunk of body) {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) if (block.includes("data: ")) messages.push(parse(block));
    }
  };
  void read(response.body)
    .catch(() => {})
    .finally(() => {
      ended = true;
    });

  return {
    messages,
    async next(type) {
      let found: SseMessage | undefined;
      await until(() => {
        found = messages.find((message) => (message.data as { type?: string }).type === type && !taken.has(message));
        return found !== undefined || ended;
      }, `a message ${type}`);
      if (found === undefined) throw new Error(`the stream ended before a message ${type}`);
      taken.add(found);
      return { ...(found.data as Record<string, unknown>), id: found.id };
    },
    async closure() {
      await until(() => ended, "the end of the stream");
      return messages.find(({ event }) => event === "close")?.data;
    },
    ended: () => ended,
    close: () => abort.abort(),
  };
}

function parse(block: string): SseMessage {
  const fields = new Map(block.split("\n").map((line) => [line.split(": ")[0], line.slice(line.indexOf(": ") + 2)]));
  return { event: fields.get("event") ?? "message", id: fields.get("id"), data: JSON.parse(fields.get("data") ?? "") };
}
