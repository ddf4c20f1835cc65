import { createContext, useContext } from "react";

/** Tells the outcome of what a person just did. */
export type Notify = (text: string) => void;

export const NoticeContext = createContext<Notify>(() => {});

export function useNotice(): Notify {
  return useContext(NoticeContext);
}
