import type { Scope } from '@harmony/contracts';
import type { Principal } from './principal.js';

/** The columns that decide who may read a row (D6). */
export interface ScopeColumns {
  readonly owner: string;
  readonly createdBy: string;
  readonly team: string;
  /** Instead of `team`, for a row of several teams: a jsonb column with an array of their ids. */
  readonly teams?: string;
}

const defaultColumns: ScopeColumns = { owner: 'owner_id', createdBy: 'created_by', team: 'team_id' };

export interface SqlCondition {
  /** A boolean SQL expression. */
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/**
 * The one scope filter (D6): own = created by or owned by the reader; team = the row's team is one of the reader's
 * teams, or own; all = the workspace, which row-level security has already cut out.
 * Parameters are numbered from `firstParameter`.
 */
export function scopeFilter(
  principal: Principal,
  scope: Scope,
  firstParameter: number,
  columns: ScopeColumns = defaultColumns,
): SqlCondition {
  if (scope === 'all') return { sql: 'true', parameters: [] };
  const own = `(${columns.owner} = $${firstParameter}::uuid or ${columns.createdBy} = $${firstParameter}::uuid)`;
  if (scope === 'own') return { sql: own, parameters: [principal.userId] };
  const team = teamCondition(columns, `$${firstParameter + 1}`);
  return { sql: `(${own} or ${team})`, parameters: [principal.userId, principal.teamIds] };
}

const teamCondition = ({ team, teams }: ScopeColumns, parameter: string): string =>
  teams === undefined ? `${team} = any(${parameter}::uuid[])` : `${teams} ?| ${parameter}::text[]`;

/** The same rule for one record in memory. */
export function isInScope(
  principal: Principal,
  scope: Scope,
  record: { readonly ownerId: string; readonly createdBy: string; readonly teamId: string | null },
): boolean {
  const own = record.ownerId === principal.userId || record.createdBy === principal.userId;
  if (scope === 'all' || own) return true;
  return scope === 'team' && record.teamId !== null && principal.teamIds.includes(record.teamId);
}
