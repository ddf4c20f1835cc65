/** What is known of the numbered log without asking for it: how far each audience has come. */
export interface ScopeHeads {
  /** Whether `lastSeqOf` misses nothing that was published. While false, nothing kept may be trusted. */
  readonly healthy: boolean;
  /** Grows when the log begins anew: seqs of different histories are not compared. */
  readonly history: number;
  /** The seq of the audience's last event, or a later one when it is not known exactly. */
  lastSeqOf(audience: string): number;
}
