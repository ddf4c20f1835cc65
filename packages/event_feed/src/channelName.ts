/** Whether a channel is meant by a name of `Broker.subscribe`, where a trailing `*` matches any rest. */
export function matchesChannel(name: string, channel: string): boolean {
  return isPattern(name) ? channel.startsWith(name.slice(0, -1)) : channel === name;
}

export function isPattern(name: string): boolean {
  return name.endsWith("*");
}

/** The glob of Redis that matches what `name` matches: only the trailing star has a meaning. */
export function redisPattern(name: string): string {
  return `${name.slice(0, -1).replaceAll(/[\\*?[\]]/g, String.raw`\$&`)}*`;
}
