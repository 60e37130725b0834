import { HarmonyError } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import { refusal, sameName } from './lookups.js';
import type { Workspace } from './workspace.js';

function requireFreeName(workspace: Workspace, teamId: string, name: string): void {
  const taken = [...workspace.teams].some(([id, team]) => id !== teamId && sameName(team.name, name));
  if (taken) throw refusal('NAME_TAKEN', '/name');
}

/** @throws HarmonyError NAME_TAKEN. */
export function createTeam(workspace: Workspace, teamId: string, name: string): Fact[] {
  if (workspace.teams.has(teamId)) return [];
  requireFreeName(workspace, teamId, name);
  return [fact('TeamCreated', { teamId, name })];
}

/** @throws HarmonyError NOT_FOUND, NAME_TAKEN. */
export function renameTeam(workspace: Workspace, teamId: string, name: string): Fact[] {
  const team = workspace.teams.get(teamId);
  if (!team) throw new HarmonyError('NOT_FOUND');
  requireFreeName(workspace, teamId, name);
  return team.name === name ? [] : [fact('TeamRenamed', { teamId, name })];
}

/** Its members stay, without it. @throws HarmonyError NOT_FOUND. */
export function removeTeam(workspace: Workspace, teamId: string): Fact[] {
  if (!workspace.teams.has(teamId)) throw new HarmonyError('NOT_FOUND');
  const members = [...workspace.users].filter(([, user]) => user.teamIds.includes(teamId));
  const left = members.map(([userId, user]) =>
    fact('UserTeamsAssigned', { userId, teamIds: user.teamIds.filter((id) => id !== teamId) }),
  );
  return [...left, fact('TeamRemoved', { teamId })];
}
