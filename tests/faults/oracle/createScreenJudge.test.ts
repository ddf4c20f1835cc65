import { expect, test } from "bun:test";
import { createScreenJudge } from "./createScreenJudge.ts";

const SCREEN = { name: "seller 1", scope: "1" };

/** Orders grow by one at seqs 0, 2 and 5. */
function judgeOfThree() {
  const judge = createScreenJudge();
  judge.note("1", 0, {});
  judge.note("1", 2, { orders: 1 });
  judge.note("1", 5, { orders: 2 });
  return judge;
}

test("screens that go forward, and that are later than they promise, are right", () => {
  const judge = judgeOfThree();
  judge.judge(SCREEN, [
    { asOf: 0, figures: { orders: 0 } },
    { asOf: 2, figures: { orders: 2 } },
    { asOf: 900, figures: { orders: 2 } },
  ]);
  expect(judge.faults).toEqual([]);
  expect(judge.backwardSteps()).toBe(0);
});

test("a screen that goes back is found by its figures, whatever it promises", () => {
  const judge = judgeOfThree();
  judge.judge(SCREEN, [
    { asOf: 3, figures: { orders: 2 } },
    { asOf: 4, figures: { orders: 1 } },
  ]);
  expect(judge.backwardSteps()).toBe(1);
});

test("figures older than their asOf are found", () => {
  const judge = judgeOfThree();
  judge.judge(SCREEN, [{ asOf: 5, figures: { orders: 1 } }]);
  expect(judge.faults).toEqual(["seller 1 was shown figures of seq 4 as those of 5"]);
});

test("figures that never were are found", () => {
  const judge = judgeOfThree();
  judge.judge(SCREEN, [{ asOf: 5, figures: { orders: 3 } }]);
  expect(judge.faults[0]).toContain("figures that never were");
});
