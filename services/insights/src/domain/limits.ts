import { HarmonyError } from '@harmony/contracts';

/** How much one project can have. */
export const limits = { definitions: 100, criteria: 20, goals: 50, scorecards: 20, teams: 100 } as const;

/** Asked before one more is added. @throws HarmonyError PROJECT_LIMIT */
export function requireRoom(kind: keyof typeof limits, present: number): void {
  const limit = limits[kind];
  if (present < limit) return;
  throw new HarmonyError('PROJECT_LIMIT', {
    detail: `The project has ${limit} ${kind}, which is as many as it can have. Remove one first.`,
    facts: { kind, limit },
  });
}
