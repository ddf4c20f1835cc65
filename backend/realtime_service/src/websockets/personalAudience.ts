import { type Audience, audiencesOfPrincipal, type Principal } from "@espigon/event_contracts";

/**
 * The user that an audience such as `user:7` or `client:7` consists of alone. A handful of sockets at most hear it, so
 * it needs no topic, which costs memory for each socket: the hub finds them by their user.
 */
export function userOfAudience(audience: string): string | undefined {
  const [kind = "", ...id] = audience.split(":");
  return kind === "user" || kind === "client" ? id.join(":") : undefined;
}

/** The audiences of a principal that many may share: its topics. */
export function sharedAudiencesOf(principal: Principal): readonly Audience[] {
  return audiencesOfPrincipal(principal).filter((audience) => userOfAudience(audience) === undefined);
}
