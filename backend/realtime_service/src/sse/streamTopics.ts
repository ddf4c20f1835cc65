import type { ClientSocket } from "../websockets/client.ts";

/** Topics for connections that the WebSocket engine does not know. */
export type StreamTopics = {
  subscribe(socket: Pick<ClientSocket, "send">, topic: string): void;
  unsubscribe(socket: Pick<ClientSocket, "send">, topic: string): void;
  /** Sends to all subscribers of the topic. */
  publish(topic: string, text: string): void;
  subscribers(topic: string): number;
};

export function createStreamTopics(): StreamTopics {
  const topics = new Map<string, Set<Pick<ClientSocket, "send">>>();
  return {
    subscribe(socket, topic) {
      topics.set(topic, (topics.get(topic) ?? new Set()).add(socket));
    },
    unsubscribe(socket, topic) {
      const members = topics.get(topic);
      members?.delete(socket);
      if (members?.size === 0) topics.delete(topic);
    },
    publish(topic, text) {
      for (const socket of topics.get(topic) ?? []) socket.send(text);
    },
    subscribers: (topic) => topics.get(topic)?.size ?? 0,
  };
}
