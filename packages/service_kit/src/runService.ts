import type { Service } from "./Service.ts";

/** A service that has not stopped by then is ended, in milliseconds: an unanswered call must not hold up a restart. */
const STOP_DEADLINE_MS = 10_000;

/**
 * The life of a service process: start, say where it listens, drain and exit 0 on SIGTERM or SIGINT, or exit 1 after
 * 10 s. A start that fails for a reason the operator can mend (configuration, a taken port, a wrong database) ends with
 * one clear line.
 */
export async function runService(name: string, start: () => Promise<Service>): Promise<void> {
  let service: Service;
  try {
    service = await start();
  } catch (error) {
    console.error(`${name}: ${explain(error)}`);
    process.exit(1);
  }
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => {
      console.error(`${name}: did not stop within ${STOP_DEADLINE_MS / 1_000} s: ended with work under way`);
      process.exit(1);
    }, STOP_DEADLINE_MS);
    void service.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(`${name}: did not stop cleanly: ${explain(error)}`);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  // Last: whoever reads it may stop us at once.
  console.log(`${name} listening on ${service.url}`);
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  switch ("code" in error ? error.code : undefined) {
    case "EADDRINUSE":
      return `the port is taken (${error.message}); stop the other program or set PORT`;
    case "EACCES":
      return `the port is not allowed to this user (${error.message}); set PORT to 1024 or more`;
    case "EADDRNOTAVAIL":
      return `HOST is no address of this machine (${error.message})`;
    default:
      return error.message;
  }
}
