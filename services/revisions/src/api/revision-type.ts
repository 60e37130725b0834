import type { RevisionView } from '../read-model/revision-view.js';
import type { RevisionType } from './revision.types.js';

/** A revision as GraphQL shows it. */
export function revisionType(view: RevisionView): RevisionType {
  const { input, part, history, plan } = view;
  return {
    ...view,
    input: input && { ...input, from: new Date(input.from), to: new Date(input.to) },
    part: part && { ...part, definitionIds: [...part.definitionIds] },
    plan,
    history: [...history],
  };
}
