import type { LogPosition } from '@harmony/event-store';
import type { QueryResultRow } from 'pg';

/** Reads for people: under the serving role, whose row-level security shows the rows of one workspace only. */
export interface ScopedDatabase {
  query<Result extends QueryResultRow>(
    workspaceId: string,
    sql: string,
    parameters?: readonly unknown[],
  ): Promise<Result[]>;
}

/** How far projections are, for readers that must see their own change. */
export interface ProjectionProgress {
  /**
   * Resolves once the projection has committed this position.
   * @throws HarmonyError READ_MODEL_BEHIND after the time limit; the change itself is safe.
   */
  waitFor(projection: string, position: LogPosition, timeLimitMs?: number): Promise<void>;
  /**
   * Resolves once the projection has committed more than this, which it does in its own time.
   * @throws HarmonyError READ_MODEL_BEHIND when it has not within the time limit.
   */
  waitForMore(projection: string, after: LogPosition, timeLimitMs: number): Promise<void>;
  positionOf(projection: string): Promise<LogPosition>;
}
