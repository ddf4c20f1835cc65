import { useEffect } from "react";
import { useLatest } from "./useLatest.ts";
import { useServices } from "./useServices.ts";

/**
 * Stays in a room that needs no token for as long as a component is shown, over reconnects too; one component at a time
 * for each room. `onJoined` is the moment to read again: what happened before it was not heard.
 */
export function useRoom(room: string, onJoined: () => void): void {
  const { realtime } = useServices();
  const latest = useLatest(onJoined);
  useEffect(() => {
    const unsubscribe = realtime.subscribe((event) => {
      if (event.kind === "joined" && event.room === room) latest()();
    });
    realtime.joinRoom(room);
    return () => {
      unsubscribe();
      realtime.leaveRoom(room);
    };
  }, [realtime, room, latest]);
}
