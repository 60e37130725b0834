import { AskedInputs } from '@harmony/analysis';
import type { AnalystOrigin, InsightType, RevisionInput } from '@harmony/contracts';
import { backgroundOf, type Knowledge } from '../../analyst/inquiry.js';
import type { OpenCriterion } from '../../domain/eligibility.js';
import { activeDefinitions, latestVersion, type Project } from '../../domain/project.js';

export interface AskedDefinition {
  readonly definitionId: string;
  readonly type: InsightType;
  readonly inputs: AskedInputs;
}

/** What a revision asks of every conversation: hashed once, whatever their number. */
export interface Questions {
  readonly project: Project;
  readonly startStage: RevisionInput['startStage'];
  readonly isForced: boolean;
  /** Those that are active, in the order of the report. */
  readonly definitions: readonly AskedDefinition[];
  readonly inputsOf: (criterion: OpenCriterion) => AskedInputs;
}

export function questionsOf(
  project: Project,
  settings: Knowledge['settings'],
  originOf: (type: InsightType) => AnalystOrigin,
  { startStage, force: isForced }: Pick<RevisionInput, 'startStage' | 'force'>,
): Questions {
  const hashed = (asked: Pick<OpenCriterion, 'question' | 'context'> & { readonly usesKnowledge: boolean }) =>
    new AskedInputs({
      ...{ question: asked.question, usesKnowledge: asked.usesKnowledge, origin: originOf(asked.question.type) },
      ...backgroundOf(asked, { project, settings }),
    });
  const criteria = new Map<string, AskedInputs>();
  return {
    ...{ project, startStage, isForced },
    definitions: activeDefinitions(project).map((definition) => {
      const version = latestVersion(definition);
      return { definitionId: definition.id, type: version.question.type, inputs: hashed(version) };
    }),
    inputsOf: ({ criterionId, question, context }) => {
      const known = criteria.get(criterionId) ?? hashed({ question, context, usesKnowledge: true });
      criteria.set(criterionId, known);
      return known;
    },
  };
}
