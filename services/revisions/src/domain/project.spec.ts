import { eventsFrom, fact, type Fact } from '@harmony/kernel';
import { describe, expect, it } from '@jest/globals';
import { activeDefinitions, evolve, type Project } from './project.js';

const cause = {
  ...{ causationId: 'cause', correlationId: 'c', workspaceId: 'w', occurredAt: '2026-01-01T00:00:00.000Z' },
  actor: { kind: 'USER', id: 'u' } as const,
};
const after = (...facts: Fact[]): Project | undefined =>
  eventsFrom(cause, 's', facts).reduce<Project | undefined>((state, event) => evolve(state, event), undefined);

const about = { projectId: 'p' };
const asked = { question: { type: 'SUMMARY' }, context: '', usesKnowledge: true } as const;
const presentation = { title: 'T', successAnswer: 'YES', desiredOutcome: '' } as const;
const created = fact('ProjectCreated', {
  ...{ ...about, name: 'P', language: 'en', teamIds: ['t'], knowledge: '', createdBy: 'u' },
});
const definition = (definitionId: string, isActive = true): Fact =>
  fact('DefinitionCreated', { ...about, definitionId, definitionVersion: 1, ...asked, presentation, isActive });
const ofDefinition = (definitionId: string) => ({ ...about, definitionId });

describe('the project of a revision', () => {
  it('asks its active definitions at their latest versions', () => {
    const project = after(
      ...[created, definition('a'), definition('b', false), definition('c'), definition('d')],
      fact('DefinitionEdited', { ...ofDefinition('a'), definitionVersion: 2, ...asked }),
      fact('DefinitionActivated', ofDefinition('b')),
      fact('DefinitionDeactivated', ofDefinition('c')),
      fact('DefinitionRemoved', ofDefinition('d')),
    );
    expect(project && activeDefinitions(project)).toEqual([
      { definitionId: 'a', definitionVersion: 2 },
      { definitionId: 'b', definitionVersion: 1 },
    ]);
  });

  it('belongs to whoever created it and to its teams, until it is deleted', () => {
    const moved = fact('ProjectChanged', { ...about, teamIds: ['x', 'y'] });
    expect(after(created, moved, fact('ProjectChanged', { ...about, name: 'Q' }))).toMatchObject({
      ...{ workspaceId: 'w', createdBy: 'u', teamIds: ['x', 'y'], isDeleted: false },
    });
    expect(after(created, fact('ProjectDeleted', about))).toMatchObject({ isDeleted: true });
    expect(after(moved)).toBeUndefined();
  });
});
