import { HarmonyError, type Question } from '@harmony/contracts';
import { eventsFrom, fact, type Fact } from '@harmony/kernel';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { removeCriterion, setCriterion } from './decide-criteria.js';
import {
  changeDefinition,
  createDefinition,
  removeDefinition,
  reorderDefinitions,
  setDefinitionActive,
  type DefinitionChanges,
} from './decide-definitions.js';
import { changeProject } from './decide-project.js';
import { setGoal } from './decide-rules.js';
import { activeDefinitions, evolve, latestVersion, type Project } from './project.js';

type Decision = (project: Project) => readonly Fact[];

const ids = fc.constantFrom('a', 'b', 'c', 'd');
const questions = fc.constantFrom<Question>(
  { type: 'YES_NO', question: 'One?' },
  { type: 'YES_NO', question: 'Two?' },
  { type: 'SUMMARY' },
  { type: 'CHECKLIST', items: [{ key: 'x', text: 'X' }] },
);
const texts = fc.constantFrom('', 'one', 'two');
const changes: fc.Arbitrary<DefinitionChanges> = fc.record(
  {
    question: questions,
    context: texts,
    usesKnowledge: fc.boolean(),
    title: fc.constantFrom('T', 'U'),
    successAnswer: fc.constantFrom('YES', 'NO'),
    desiredOutcome: texts,
  },
  { requiredKeys: [] },
);

/** Any command with any arguments, many of them refused. */
const decisions: fc.Arbitrary<Decision> = fc.oneof(
  fc.tuple(ids, questions, fc.boolean()).map(([id, question, isActive]): Decision => (project) => {
    const isNew = !project.definitions.has(id) && !project.removedDefinitions.has(id);
    const presentation = { title: 'T', successAnswer: 'YES', desiredOutcome: '' } as const;
    const definition = { question, context: '', usesKnowledge: true, ...presentation, isActive };
    return isNew ? createDefinition(project, id, definition) : [];
  }),
  fc.tuple(ids, changes).map(
    ([id, change]): Decision =>
      (project) =>
        changeDefinition(project, id, change),
  ),
  fc.tuple(ids, fc.boolean()).map(
    ([id, isActive]): Decision =>
      (project) =>
        setDefinitionActive(project, id, isActive),
  ),
  ids.map(
    (id): Decision =>
      (project) =>
        removeDefinition(project, id),
  ),
  fc.shuffledSubarray(['a', 'b', 'c', 'd']).map(
    (order): Decision =>
      (project) =>
        reorderDefinitions(project, order),
  ),
  fc.tuple(ids, fc.boolean()).map(
    ([id, expected]): Decision =>
      (project) =>
        setCriterion(project, id, { type: 'BOOLEAN', question: 'Q?', expected }),
  ),
  ids.map(
    (id): Decision =>
      (project) =>
        removeCriterion(project, id),
  ),
  fc.tuple(ids, ids).map(([id, definitionId]): Decision => (project) => {
    const conditions = [{ test: 'ANSWER_IS' as const, definitionId, answer: 'YES' as const }];
    return setGoal(project, id, { name: 'G', match: 'ALL', conditions });
  }),
  fc.record({ name: fc.constantFrom('P', 'Q') }).map(
    (change): Decision =>
      (project) =>
        changeProject(project, change),
  ),
);

const cause = {
  ...{ causationId: 'cause', correlationId: 'correlation', workspaceId: 'workspace' },
  actor: { kind: 'USER', id: 'ann' } as const,
  occurredAt: '2026-01-01T00:00:00.000Z',
};
const withFacts = (project: Project | undefined, facts: readonly Fact[]): Project =>
  eventsFrom(cause, 'stream', facts).reduce<Project | undefined>(evolve, project)!;

const bootstrap = fact('ProjectCreated', {
  ...{ projectId: 'p', name: 'P', language: 'en', teamIds: ['t'], knowledge: '', createdBy: 'ann' },
});

const refusedOr = (work: () => readonly Fact[]): readonly Fact[] => {
  try {
    return work();
  } catch (error) {
    expect(error).toBeInstanceOf(HarmonyError);
    return [];
  }
};

function expectSound(project: Project): void {
  const all = [...project.definitions.values(), ...project.removedDefinitions.values()];
  for (const { versions } of all) {
    expect(versions.map(({ version }) => version)).toEqual(versions.map((_, index) => index + 1));
    expect(new Set(versions.map(({ question }) => question.type)).size).toBe(1);
  }
  expect([...project.definitions.keys()].filter((id) => project.removedDefinitions.has(id))).toEqual([]);
  expect(activeDefinitions(project).every(({ id }) => project.definitions.has(id))).toBe(true);
}

describe('a project', () => {
  it('keeps its promises over any sequence of commands', () => {
    fc.assert(
      fc.property(fc.array(decisions, { maxLength: 60 }), (all) => {
        let project = withFacts(undefined, [bootstrap]);
        for (const decide of all) {
          const before = structuredClone(project);
          const facts = refusedOr(() => decide(project));
          const next = withFacts(project, facts);
          expect(project).toEqual(before);
          expectSound(next);
          // What was decided once is so; to decide it again changes nothing.
          if (facts.every(({ type }) => !type.endsWith('Removed'))) expect(refusedOr(() => decide(next))).toEqual([]);
          project = next;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps every version as it was asked, whatever comes later', () => {
    fc.assert(
      fc.property(fc.array(decisions, { maxLength: 60 }), (all) => {
        let project = withFacts(undefined, [bootstrap]);
        const asked = new Map<string, string>();
        for (const decide of all) {
          project = withFacts(
            project,
            refusedOr(() => decide(project)),
          );
          for (const { id, versions } of [...project.definitions.values(), ...project.removedDefinitions.values()]) {
            for (const version of versions) {
              const key = `${id}/${version.version}`;
              expect(asked.get(key) ?? JSON.stringify(version)).toBe(JSON.stringify(version));
              asked.set(key, JSON.stringify(version));
            }
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('has a new version exactly when something else is asked', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(ids, questions), { maxLength: 4 }), ids, changes, (made, id, change) => {
        const project = made.reduce(
          (current, [name, question]) =>
            current.definitions.has(name)
              ? current
              : withFacts(
                  current,
                  createDefinition(current, name, {
                    ...{ question, context: '', usesKnowledge: true, isActive: true },
                    ...{ title: 'T', successAnswer: 'YES', desiredOutcome: '' },
                  }),
                ),
          withFacts(undefined, [bootstrap]),
        );
        const definition = project.definitions.get(id);
        const facts = refusedOr(() => changeDefinition(project, id, change));
        if (!definition || facts.length === 0) return;
        const after = withFacts(project, facts).definitions.get(id)!;
        const askedOf = ({ version: _, ...asked }: ReturnType<typeof latestVersion>): string => JSON.stringify(asked);
        const isOther = askedOf(latestVersion(definition)) !== askedOf(latestVersion(after));
        expect(after.versions.length - definition.versions.length).toBe(isOther ? 1 : 0);
      }),
    );
  });
});
