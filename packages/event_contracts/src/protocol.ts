/** The WebSocket subprotocol, and so the version of every frame. A change of shape needs a new one. */
export const SUBPROTOCOL = "espigon.v1";

/** Prefix of the second offered subprotocol, which carries the access token. */
export const BEARER_PREFIX = "bearer.";

/** The longest silence between two HEAD frames, in milliseconds. */
export const HEARTBEAT_MS = 15_000;

/**
 * The same for an event stream. Its reader cannot ask for a sign of life, as one of a socket does, and has to know within
 * 10 s that the link is dead: two silences and the reader's patience are 9 s.
 */
export const STREAM_HEARTBEAT_MS = 3_000;

/** The largest frame that a client may send, in bytes. */
export const MAX_CLIENT_FRAME_BYTES = 16 * 1024;

/** The request header with which a reader states the lowest `asOf` that it accepts. */
export const FLOOR_HEADER = "x-min-seq";

/** Names in Redis that other programs rely on. */
export const EVENTS_CHANNEL = "events";
export const EVENTS_STREAM = "events:log";
export const ROOM_CHANNEL_PREFIX = "ws:room:";
