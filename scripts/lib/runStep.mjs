import { Refusal } from "./refusal.mjs";
import { runChild } from "./runChild.mjs";

const INTERRUPTED = 130;

/**
 * Runs a step of the set-up. When we are told to stop, it is killed with all that it started (npm would go on for half
 * a minute), since a step that was not finished is made anew. Resolves to its exit code.
 * @throws Refusal when we were told to stop, or when there is no such program.
 */
export async function runStep(command, args, options) {
  let stopped = false;
  const kill = (child) => {
    stopped = true;
    killGroup(child);
  };
  const code = await runChild(command, args, { detached: true, ...options }, kill).catch((error) => {
    throw new Refusal(error.message);
  });
  if (stopped) throw new Refusal("stopped before everything was set up; the next start goes on", INTERRUPTED);
  return code;
}

function killGroup(child) {
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended already, or there are no groups here (Windows).
    child.kill("SIGKILL");
  }
}
