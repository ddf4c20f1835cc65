import { readdirSync, readFileSync, statSync } from "node:fs";
import { Counter, Gauge, Registry } from "prom-client";
import manifest from "../package.json" with { type: "json" };
import { createLoopDelays } from "./createLoopDelays.ts";

const FDS = "/proc/self/fd";

/**
 * What an operator looks at first, under the names that dashboards know: memory, CPU, descriptors and the delay of the
 * event loop, of this process from now on. One for a process; prom-client's own set is not used: under Bun half of it is empty
 * or wrong, reading it takes 7 ms, and each reading of the delays empties them for the next reader.
 */
export function createProcessMetrics(): Registry {
  const registry = new Registry();
  const registers = [registry];
  const gauge = (name: string, help: string, read: () => number | undefined) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        const value = read();
        if (value !== undefined) this.set(value);
      },
    });

  const info = { version: manifest.version, bun: Bun.version };
  new Gauge({
    name: "espigon_build_info",
    help: "What runs here",
    registers,
    labelNames: Object.keys(info),
  }).set(info, 1);
  const startedAt = Date.now() / 1000 - process.uptime();
  gauge("process_start_time_seconds", "When the process started, since 1970", () => startedAt);
  gauge("process_resident_memory_bytes", "Memory that the process has in RAM", () => process.memoryUsage.rss());
  const cpu = new Counter({
    name: "process_cpu_seconds_total",
    help: "Time that the process has spent on processors",
    registers: [],
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1e6);
    },
  });
  registry.registerMetric(cpu);
  gauge("process_open_fds", "Open files and sockets", openDescriptors);
  gauge("process_max_fds", "How many there may be", maxDescriptors);

  const delays = createLoopDelays();
  for (const percent of [50, 90, 99]) {
    const help = `${percent} % of delays of the event loop in the last 30 to 60 s were at most this`;
    gauge(`nodejs_eventloop_lag_p${percent}_seconds`, help, () => delays.percentile(percent));
  }
  gauge("nodejs_eventloop_lag_max_seconds", "Longest delay of the event loop in the last 30 to 60 s", delays.longest);
  return registry;
}

/** Unknown outside of Linux. */
function openDescriptors(): number | undefined {
  try {
    // Newer kernels tell it as the size of the folder: no list of 50,000 names.
    return statSync(FDS).size || readdirSync(FDS).length - 1;
  } catch {
    return undefined;
  }
}

function maxDescriptors(): number | undefined {
  try {
    const limit = /^Max open files\s+(\d+)/m.exec(readFileSync("/proc/self/limits", "utf8"))?.[1];
    return limit === undefined ? undefined : Number(limit);
  } catch {
    return undefined;
  }
}
