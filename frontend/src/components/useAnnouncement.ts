import { useEffect, useRef, useState } from "react";

/** The least time between two announcements: a flapping link must not talk without end. */
const QUIET_MS = 5_000;

/**
 * What a `role="status"` region should say: `text` as it was when `topic` last changed, at most once in 5 s. Nothing
 * at first: a page that has just opened is not news.
 */
export function useAnnouncement(topic: string, text: string): string {
  const [said, setSaid] = useState("");
  const heard = useRef({ topic, at: Number.NEGATIVE_INFINITY });
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  }, [text]);
  useEffect(() => {
    if (heard.current.topic === topic) return;
    const wait = Math.max(0, heard.current.at + QUIET_MS - Date.now());
    const timer = setTimeout(() => {
      heard.current = { topic, at: Date.now() };
      setSaid(latest.current);
    }, wait);
    return () => clearTimeout(timer);
  }, [topic]);
  return said;
}
