// Exits with 0 when the service on this port of this machine is ready: node scripts/isReady.mjs <port>
const ready = await fetch(`http://127.0.0.1:${process.argv[2]}/readyz`, { signal: AbortSignal.timeout(4_000) }).then(
  ({ ok }) => ok,
  () => false,
);
process.exit(ready ? 0 : 1);
