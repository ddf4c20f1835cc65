import type { Page } from "@playwright/test";

export type Frame = Readonly<Record<string, unknown>> & { readonly type: string };

/** Collects every event that reaches a page by WebSocket, also those inside DIRTY. Call it before the first `goto`. */
export function collectFrames(page: Page): readonly Frame[] {
  const frames: Frame[] = [];
  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => {
      const frame = JSON.parse(String(payload)) as Frame;
      frames.push(frame);
      if (Array.isArray(frame["events"])) frames.push(...(frame["events"] as Frame[]));
    });
  });
  return frames;
}

/** The frames that say anything about an order. */
export function aboutOrder(frames: readonly Frame[], id: number): readonly Frame[] {
  return frames.filter((frame) => (frame["metadata"] as { order_id?: unknown } | undefined)?.order_id === id);
}
