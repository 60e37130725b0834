import type { Directory, Principal } from '@harmony/access';
import { HarmonyError, type FieldError, type Scope } from '@harmony/contracts';

/** Those of the teams that the workspace does not have. */
export async function unknownTeams(
  directory: Directory,
  { workspaceId }: Principal,
  teamIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const known = await Promise.all(teamIds.map((id) => directory.teamExists(workspaceId, id)));
  return new Set(teamIds.filter((_, index) => !known[index]));
}

/**
 * A team that a project gets is one of the workspace; one that was removed since may stay where it is.
 * @throws HarmonyError UNKNOWN_TEAM with a pointer to each
 */
export function requireKnownTeams(
  teamIds: readonly string[],
  unknown: ReadonlySet<string>,
  before: readonly string[] = [],
): void {
  const { title } = new HarmonyError('UNKNOWN_TEAM');
  const errors = teamIds.flatMap((id, index): FieldError[] =>
    unknown.has(id) && !before.includes(id)
      ? [{ pointer: `/teamIds/${index}`, detail: title, code: 'UNKNOWN_TEAM' }]
      : [],
  );
  if (errors.length > 0) throw new HarmonyError('UNKNOWN_TEAM', { errors });
}

/** Whoever works for their teams only gives projects to these, and takes them from no other. @throws HarmonyError FORBIDDEN */
export function requireOwnTeams(
  principal: Principal,
  scope: Scope,
  teamIds: readonly string[],
  before: readonly string[] = [],
): void {
  const moved = [...teamIds.filter((id) => !before.includes(id)), ...before.filter((id) => !teamIds.includes(id))];
  if (scope === 'all' || moved.every((id) => principal.teamIds.includes(id))) return;
  throw new HarmonyError('FORBIDDEN', {
    detail: 'Your role allows you to assign projects to your own teams only. Ask an administrator.',
  });
}
