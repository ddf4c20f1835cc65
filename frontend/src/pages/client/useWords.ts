import { useEffect, useState } from "react";

/** How long a pause in typing is before the words are searched for. */
const PAUSE_MS = 300;

/**
 * The words of a search field, which become the search after a pause. `searched` is the search in force: where it
 * changes by other means (a cleared filter, a link) the words follow, but never while its own change is on its way.
 */
export function useWords(
  searched: string,
  search: (words: string) => void,
): readonly [words: string, setWords: (words: string) => void] {
  const [words, setWords] = useState(searched);
  const [known, setKnown] = useState(searched);
  const [asked, setAsked] = useState(searched);
  if (known !== searched) {
    setKnown(searched);
    if (searched !== asked) {
      setAsked(searched);
      setWords(searched);
    }
  }
  useEffect(() => {
    const wanted = words.trim();
    if (wanted === searched) return;
    const timer = setTimeout(() => {
      setAsked(wanted);
      search(wanted);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  });
  return [words, setWords];
}
