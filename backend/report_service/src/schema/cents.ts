import { builder } from "./builder.ts";

export const CentsScalar = builder.scalarType("Cents", {
  description: "An amount of US dollars: an integer number of cents, as a string, since sums may outgrow Int.",
  serialize(value) {
    if (!Number.isSafeInteger(value)) throw new TypeError("An amount is not a whole number of cents.");
    return String(value);
  },
});
