/** Announcements that wait for one look at the log. More of them ring the bell all the same, but are not kept. */
const MAX_CLAIMS = 200;

type Claim = { readonly seq: number; readonly claim: unknown };

export type Claims = {
  add(claim: Claim): void;
  /** The highest number that has come since the last `take`; 0 for none. */
  readonly highest: number;
  /** Hands over what has come since the last call. */
  take(): readonly Claim[];
};

/** Keeps numbered messages until the log has been asked whether it knows their number. */
export function createClaims(): Claims {
  let all: Claim[] = [];
  let highest = 0;
  return {
    get highest() {
      return highest;
    },
    add({ seq, claim }) {
      highest = Math.max(highest, seq);
      if (all.length < MAX_CLAIMS) all.push({ seq, claim });
    },
    take() {
      const taken = all;
      all = [];
      highest = 0;
      return taken;
    },
  };
}
