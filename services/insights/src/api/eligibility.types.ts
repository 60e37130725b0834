import type { Verdict } from '@harmony/contracts';
import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { ProjectEligibilityView } from '../eligibility/eligibility-queries.js';
import { VerdictEnum } from './insight-enums.js';

@ObjectType('CriterionEligibility', { description: 'What was found of a criterion.' })
export class CriterionEligibilityType {
  @Field(() => ID, { description: 'Of the criterion.' })
  criterionId!: string;

  @Field(() => VerdictEnum, { description: 'Whether it holds.' })
  verdict!: Verdict;

  @Field({ description: 'Why, for people.' })
  detail!: string;
}

@ObjectType('ProjectEligibility', { description: 'Why a conversation belongs into a project, or does not.' })
export class ProjectEligibilityType implements ProjectEligibilityView {
  @Field(() => ID, { description: 'Of the project.' })
  projectId!: string;

  @Field({ description: 'As people call it.' })
  projectName!: string;

  @Field({ description: 'Whether it belongs into the project, as far as is known.' })
  eligible!: boolean;

  @Field({ description: 'Whether the conversation’s team is one of the project’s.' })
  isTeamAssigned!: boolean;

  @Field(() => [CriterionEligibilityType], { description: 'In the order of the project.' })
  criteria!: CriterionEligibilityType[];
}
