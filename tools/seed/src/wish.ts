/** What somebody wants to have seeded. */
export interface SeedWish {
  readonly conversations: number;
  readonly definitions: number;
  readonly projects: number;
  readonly days: number;
  readonly seed: number;
  /** What changes later, a conversation. */
  readonly changes: number;
  readonly dataDirectory: string | undefined;
  /** Undefined: a new one. */
  readonly workspaceId: string | undefined;
}
