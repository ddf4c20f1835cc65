import { expect, test } from "bun:test";
import { createSseStream } from "./createSseStream.ts";
import { createStreamTopics } from "./streamTopics.ts";

function openStream() {
  const topics = createStreamTopics();
  const nothing = () => {};
  const stream = createSseStream({
    topics,
    heartbeatMs: 1_000,
    abandon: nothing,
    onDrain: nothing,
    onClosed: nothing,
  });
  return { topics, stream };
}

test("a stream whose reader has gone is in no topic any more, and the others still are", () => {
  const { topics, stream } = openStream();
  const other = { send: () => 1 };
  stream.socket.subscribe("admin");
  stream.socket.subscribe("user:1");
  topics.subscribe(other, "admin");
  expect([topics.subscribers("admin"), topics.subscribers("user:1")]).toEqual([2, 1]);
  stream.gone();
  expect([topics.subscribers("admin"), topics.subscribers("user:1")]).toEqual([1, 0]);
});

test("nothing follows the words with which a stream ends", async () => {
  const { stream } = openStream();
  stream.socket.send('{"type":"HEAD"}');
  stream.socket.close(4403, "access revoked");
  expect(stream.socket.send('{"type":"ORDER_UPDATED","seq":9}')).toBe(0);
  const text = await new Response(stream.body).text();
  expect(text).toEndWith('event: close\ndata: {"code":4403,"reason":"access revoked"}\n\n');
});
