import { within } from "@testing-library/react";

/** Looks for what is on the page now. (Testing Library's `screen` wants a document before it is imported.) */
export function onPage(): ReturnType<typeof within> {
  return within(document.body);
}
