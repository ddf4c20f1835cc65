import { binary, continuation, ping, pong, probe, text } from "../frame.ts";

/** A client that sends without pause, and what comes of it. */
export type FloodCase = {
  readonly name: string;
  /** Once, before the flood. */
  readonly opening?: Uint8Array;
  /** Again and again. */
  readonly frame: Uint8Array;
  /** What the server says, each once, in order. Without a CLOSE it takes the whole flood, at no cost but its bytes. */
  readonly heard: readonly string[];
};

const open = { fin: false };
const tooMany = "CLOSE 1008";
const OPENING = text('{"type":', open);

export const floods: readonly FloodCase[] = [
  { name: "empty pings", frame: ping(""), heard: ["PONG", tooMany] },
  { name: "pings of 125 bytes", frame: ping("x".repeat(125)), heard: [`PONG ${"x".repeat(125)}`, tooMany] },
  { name: "pings within a message", opening: OPENING, frame: ping(""), heard: ["PONG", tooMany] },
  { name: "pongs that nobody asked for", frame: pong(""), heard: [tooMany] },
  { name: "empty texts", frame: text(""), heard: ["ERROR MALFORMED", "CLOSE 4400"] },
  { name: "empty binaries", frame: binary(""), heard: ["ERROR MALFORMED", "CLOSE 4400"] },
  {
    name: "empty texts in two fragments",
    frame: Buffer.concat([text("", open), continuation("")]),
    heard: ["ERROR MALFORMED", "CLOSE 4400"],
  },
  { name: "fragments of one byte", opening: OPENING, frame: continuation(" ", open), heard: ["CLOSE 1009"] },
  // Bun tells the service of whole messages only.
  { name: "empty fragments", opening: OPENING, frame: continuation("", open), heard: [] },
  { name: "messages of unknown type", frame: text(probe()), heard: ["ERROR UNKNOWN_TYPE", tooMany] },
  { name: "the largest messages", frame: text(probe(16 * 1024)), heard: ["ERROR UNKNOWN_TYPE", tooMany] },
  { name: "RESUME", frame: text('{"type":"RESUME","seq":0}'), heard: ["DIRTY", tooMany] },
  { name: "AUTH", frame: text('{"type":"AUTH","token":"a.b.c"}'), heard: ["ERROR INVALID_TOKEN", tooMany] },
  { name: "JOIN of one room", frame: text('{"type":"JOIN","room":"catalog"}'), heard: ["JOINED catalog", tooMany] },
  {
    name: "JOIN and LEAVE",
    frame: Buffer.concat([text('{"type":"JOIN","room":"catalog"}'), text('{"type":"LEAVE","room":"catalog"}')]),
    heard: ["JOINED catalog", tooMany],
  },
  { name: "unmasked texts", frame: text("x", { mask: null }), heard: ["CLOSE 1002"] },
  { name: "zeros", frame: new Uint8Array(1024), heard: ["CLOSE 1002"] },
];
