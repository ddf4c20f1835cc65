/** Announcements that wait for one look at the log. More of them ring the bell all the same, but are not kept. */
const MAX_CLAIMS = 200;

type Claim = { readonly seq: number; readonly claim: unknown };

export type Claims = {
  add(claim: Claim): void;
  /** Hands over what has come since the last call, and the highest number in it (0 for none). */
  take(): { readonly all: readonly Claim[]; readonly highest: number };
};

/** Keeps numbered messages until the log has been asked whether it knows their number. */
export function createClaims(): Claims {
  let all: Claim[] = [];
  return {
    add(claim) {
      if (all.length < MAX_CLAIMS) all.push({ seq: claim.seq, claim: claim.claim });
    },
    take() {
      const taken = all;
      all = [];
      return { all: taken, highest: taken.reduce((highest, { seq }) => Math.max(highest, seq), 0) };
    },
  };
}
