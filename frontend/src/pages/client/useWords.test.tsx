import { afterEach, beforeEach, describe, expect, jest, test } from "bun:test";
import { act, cleanup, renderHook } from "@testing-library/react";
import "../../../tests/dom.ts";
import { useWords } from "./useWords.ts";

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
  cleanup();
});

function typing(first = "") {
  const searches: string[] = [];
  const { result, rerender } = renderHook(({ searched }) => useWords(searched, (words) => searches.push(words)), {
    initialProps: { searched: first },
  });
  return {
    searches,
    words: () => result.current[0],
    type: (text: string): void => {
      act(() => {
        result.current[1](text);
      });
    },
    pause: (): void => {
      act(() => {
        jest.advanceTimersByTime(300);
      });
    },
    inForce: (searched: string) => rerender({ searched }),
  };
}

describe("the words of a search", () => {
  test("become the search after a pause, trimmed", () => {
    const field = typing();
    field.type("dor");
    field.type("dorado ");
    field.pause();
    expect(field.searches).toEqual(["dorado"]);
    field.inForce("dorado");
    expect(field.words()).toBe("dorado ");
    field.pause();
    expect(field.searches).toEqual(["dorado"]);
  });

  test("go when the search is cleared by other means, and are not searched for again", () => {
    const field = typing();
    field.type("zzz");
    field.pause();
    field.inForce("zzz");
    field.inForce("");
    expect(field.words()).toBe("");
    field.pause();
    expect(field.searches).toEqual(["zzz"]);
  });

  test("typed while the search is on its way stay, and follow it", () => {
    const field = typing();
    field.type("ab");
    field.pause();
    field.type("abc");
    field.inForce("ab");
    expect(field.words()).toBe("abc");
    field.pause();
    expect(field.searches).toEqual(["ab", "abc"]);
  });
});
