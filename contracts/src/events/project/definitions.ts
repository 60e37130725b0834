import { z } from 'zod';
import { criterion } from '../../insights/criterion.js';
import { question } from '../../insights/question.js';
import { goal, scorecard } from '../../insights/rule.js';
import { defineEvent } from '../definition.js';

const projectId = z.uuid();
const definitionId = z.uuid();
const criterionId = z.uuid();
const goalId = z.uuid();
const scorecardId = z.uuid();
const name = z.string().min(1).max(100);
const language = z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/);
const knowledge = z.string().max(20_000);
const teamIds = z.array(z.uuid());
const version = z.int().positive();

/** How results of a definition are shown; nothing of it changes an answer (B4). */
const presentation = z.object({
  title: z.string().min(1).max(200),
  /** Which answer of a yes/no question counts as success. */
  successAnswer: z.enum(['YES', 'NO']),
  /** What people hope for, in their words. */
  desiredOutcome: z.string().max(1000),
});
export type Presentation = z.output<typeof presentation>;

/** What an answer depends on, as far as the definition says it. */
const asked = {
  question,
  /** More that the analyst should know for this question; empty for none. */
  context: z.string().max(4000),
  /** Whether the project's knowledge and the handbook go with the question. */
  usesKnowledge: z.boolean(),
};

export const projectEvents = {
  ProjectCreated: defineEvent({
    type: 'ProjectCreated',
    schema: z.object({ projectId, name, language, teamIds, knowledge, createdBy: z.uuid() }),
    publicSchema: z.object({ projectId, name, language, teamIds }),
    publicData: ({ knowledge: _, createdBy: _by, ...facts }) => facts,
  }),
  /** What is absent stays as it is. */
  ProjectChanged: defineEvent({
    type: 'ProjectChanged',
    schema: z.object({
      projectId,
      name: name.optional(),
      language: language.optional(),
      teamIds: teamIds.optional(),
      knowledge: knowledge.optional(),
    }),
    publicSchema: z.object({
      projectId,
      name: name.optional(),
      language: language.optional(),
      teamIds: teamIds.optional(),
    }),
    publicData: ({ knowledge: _, ...facts }) => facts,
  }),
  /** For good; what past conversations were answered stays with them. */
  ProjectDeleted: defineEvent({
    type: 'ProjectDeleted',
    schema: z.object({
      projectId,
      /** Every definition that there ever was: enough for a read model to forget all versions of it. */
      definitions: z.array(z.object({ definitionId, versionCount: version })).optional(),
    }),
  }),
  CriterionSet: defineEvent({
    type: 'CriterionSet',
    schema: z.object({ projectId, criterionId, criterionVersion: version, criterion }),
    publicSchema: z.object({ projectId, criterionId, criterionVersion: version }),
    publicData: ({ criterion: _, ...facts }) => facts,
  }),
  CriterionRemoved: defineEvent({ type: 'CriterionRemoved', schema: z.object({ projectId, criterionId }) }),
  DefinitionCreated: defineEvent({
    type: 'DefinitionCreated',
    schema: z.object({
      ...{ projectId, definitionId, definitionVersion: version },
      ...asked,
      presentation,
      isActive: z.boolean(),
    }),
    publicSchema: z.object({ projectId, definitionId, definitionVersion: version, type: z.string() }),
    publicData: ({ question: { type }, ...facts }) => ({
      projectId: facts.projectId,
      definitionId: facts.definitionId,
      definitionVersion: facts.definitionVersion,
      type,
    }),
  }),
  /** A new version: answers of the one before stay what they are. The type never changes. */
  DefinitionEdited: defineEvent({
    type: 'DefinitionEdited',
    schema: z.object({ projectId, definitionId, definitionVersion: version, ...asked }),
    publicSchema: z.object({ projectId, definitionId, definitionVersion: version }),
    publicData: ({ projectId: project, definitionId: definition, definitionVersion }) => ({
      projectId: project,
      definitionId: definition,
      definitionVersion,
    }),
  }),
  DefinitionPresented: defineEvent({
    type: 'DefinitionPresented',
    schema: z.object({ projectId, definitionId, presentation }),
    publicSchema: z.object({ projectId, definitionId }),
    publicData: ({ presentation: _, ...facts }) => facts,
  }),
  DefinitionActivated: defineEvent({
    type: 'DefinitionActivated',
    schema: z.object({ projectId, definitionId }),
  }),
  DefinitionDeactivated: defineEvent({
    type: 'DefinitionDeactivated',
    schema: z.object({ projectId, definitionId }),
  }),
  DefinitionRemoved: defineEvent({ type: 'DefinitionRemoved', schema: z.object({ projectId, definitionId }) }),
  /** Every definition once, in the order of the report. */
  DefinitionsReordered: defineEvent({
    type: 'DefinitionsReordered',
    schema: z.object({ projectId, definitionIds: z.array(definitionId) }),
  }),
  GoalSet: defineEvent({
    type: 'GoalSet',
    schema: z.object({ projectId, goalId, goal }),
    publicSchema: z.object({ projectId, goalId }),
    publicData: ({ goal: _, ...facts }) => facts,
  }),
  GoalRemoved: defineEvent({ type: 'GoalRemoved', schema: z.object({ projectId, goalId }) }),
  ScorecardSet: defineEvent({
    type: 'ScorecardSet',
    schema: z.object({ projectId, scorecardId, scorecard }),
    publicSchema: z.object({ projectId, scorecardId }),
    publicData: ({ scorecard: _, ...facts }) => facts,
  }),
  ScorecardRemoved: defineEvent({ type: 'ScorecardRemoved', schema: z.object({ projectId, scorecardId }) }),
} as const;
