/** What one use of somebody else's server may take. */
export interface OutboundLimits {
  /** Of the body, and again of what it unpacks to. */
  readonly maximumBytes: number;
  /** From the request to the end of the answer's headers, of each server in a chain of redirects. */
  readonly headMs: number;
  /** Without a single byte of the body. */
  readonly idleMs: number;
  /** All together, redirects and repeats included. */
  readonly totalMs: number;
  /** Followed; one more is refused. */
  readonly redirects: number;
  /** How often a cut connection is taken up again. */
  readonly resumes: number;
  /** Before the first of these; doubled for each further one. */
  readonly pauseMs: number;
}

export const defaultLimits: OutboundLimits = {
  maximumBytes: 10 * 1024 * 1024,
  headMs: 10_000,
  idleMs: 10_000,
  totalMs: 30_000,
  redirects: 5,
  resumes: 5,
  pauseMs: 250,
};
