export { createFakeTabs, type FakeTab } from "./sharing/createFakeTabs.ts";
export { createFakeScheduler, type FakeScheduler } from "./createFakeScheduler.ts";
export { createFakeServer, type FakeServer, type FakeSocket } from "./createFakeServer.ts";
export { createFakeStreams, type FakeStream, type FakeStreams } from "./createFakeStreams.ts";
