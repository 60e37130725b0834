import { find } from '../domain/decide.js';
import { versionOf, type ProjectRevisions } from '../domain/project-revisions.js';

/**
 * The version of a revision that a decision rests on: the one that the caller saw, else the one that is found first.
 * Decided anew, because somebody was faster, it still has to be that one.
 * @throws HarmonyError UNKNOWN_REVISION, from what it gives back
 */
export function seenVersion(id: string, seen?: number): (current: ProjectRevisions | undefined) => number {
  let first = seen;
  return (current) => {
    const { revisions, revision } = find(current, id);
    first ??= versionOf(revisions, revision);
    return first;
  };
}
