import { type Audience, CATALOG_ROOM, type Principal } from "@espigon/event_contracts";

const CATALOG: Audience = `room:${CATALOG_ROOM}`;

export type RoomTopics = {
  /** Topics that a member of the room hears. Call `left` when it goes. */
  joined(room: string, principal: Principal): readonly string[];
  left(room: string, principal: Principal): readonly string[];
  /** Topics on which a notification to these audiences goes out, so that no socket hears it twice. */
  topicsFor(audiences: readonly Audience[]): readonly string[];
};

/** The topic of the messages that are published to a room; its audience is a topic apart. */
export function messageTopic(room: string): string {
  return `message:${room}`;
}

/**
 * Topics of rooms. The catalogue overlaps with other audiences: an administrator hears of every product anyway, and a
 * seller of its own. So administrators in the room `catalog` do not hear its audience again, and sellers hear a topic
 * of it that leaves their own products out.
 */
export function createRoomTopics(): RoomTopics {
  const sellers = new Map<string, number>();
  const topics = (room: string, principal: Principal): readonly string[] => {
    if (room !== CATALOG_ROOM) return [messageTopic(room), `room:${room}`];
    switch (principal.role) {
      case "ADMIN":
        return [messageTopic(room)];
      case "SELLER":
        return [messageTopic(room), catalogWithout(principal.seller_id ?? "")];
      case "CLIENT":
        return [messageTopic(room), CATALOG];
    }
  };
  const count = (room: string, principal: Principal, change: number) => {
    if (room !== CATALOG_ROOM || principal.role !== "SELLER") return;
    const seller = principal.seller_id ?? "";
    const members = (sellers.get(seller) ?? 0) + change;
    if (members > 0) sellers.set(seller, members);
    else sellers.delete(seller);
  };

  return {
    joined(room, principal) {
      count(room, principal, 1);
      return topics(room, principal);
    },
    left(room, principal) {
      count(room, principal, -1);
      return topics(room, principal);
    },
    topicsFor(audiences) {
      if (!audiences.includes(CATALOG)) return audiences;
      const others = [...sellers.keys()].filter((seller) => !audiences.includes(`seller:${seller}`));
      return [...audiences, ...others.map(catalogWithout)];
    },
  };
}

function catalogWithout(seller: string): string {
  return `${CATALOG} without ${seller}`;
}
