import { builtInRoles, HarmonyError } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createApiKey, deleteApiKey } from './api-keys.js';
import { evolve, workspaceFrom } from './evolve.js';
import { isBuiltInRole } from './lookups.js';
import { defineRole, removeRole } from './roles.js';
import { createTeam, removeTeam, renameTeam } from './teams.js';
import { addUser, assignRole, assignTeams, removeUser } from './users.js';
import type { Workspace } from './workspace.js';

type Decision = (workspace: Workspace) => readonly Fact[];

const admin = builtInRoles.admin.id;
const people = fc.constantFrom('ada', 'ben', 'cem', 'dia');
const teams = fc.constantFrom('red', 'green', 'blue');
const customRoles = fc.constantFrom('coach', 'guest');
const roles = fc.oneof(fc.constantFrom(admin, builtInRoles.user.id), customRoles);
const names = fc.constantFrom('One', 'one', 'Two', 'Three');
const keys = fc.constantFrom('key 1', 'key 2');

/** Any command with any arguments, most of them refused at some time. */
const decision: fc.Arbitrary<Decision> = fc.oneof(
  fc.tuple(people, fc.constantFrom('x@e.com', 'X@e.com', 'y@e.com', 'z@e.com'), roles, fc.array(teams)).map(
    ([userId, email, roleId, teamIds]): Decision =>
      (workspace) =>
        addUser(workspace, {
          userId,
          email,
          name: userId,
          roleId,
          teamIds,
          timezone: 'UTC',
          language: 'en',
          customFields: {},
        }),
  ),
  fc.tuple(people, roles).map(
    ([userId, roleId]): Decision =>
      (workspace) =>
        assignRole(workspace, userId, roleId),
  ),
  fc.tuple(people, fc.array(teams)).map(
    ([userId, ids]): Decision =>
      (workspace) =>
        assignTeams(workspace, userId, ids),
  ),
  people.map(
    (userId): Decision =>
      (workspace) =>
        removeUser(workspace, userId),
  ),
  fc.tuple(teams, names).map(
    ([teamId, name]): Decision =>
      (workspace) =>
        createTeam(workspace, teamId, name),
  ),
  fc.tuple(teams, names).map(
    ([teamId, name]): Decision =>
      (workspace) =>
        renameTeam(workspace, teamId, name),
  ),
  teams.map(
    (teamId): Decision =>
      (workspace) =>
        removeTeam(workspace, teamId),
  ),
  fc.tuple(customRoles, names).map(
    ([roleId, name]): Decision =>
      (workspace) =>
        defineRole(workspace, { roleId, name, permissions: ['users:read:all'] }),
  ),
  roles.map(
    (roleId): Decision =>
      (workspace) =>
        removeRole(workspace, roleId),
  ),
  fc.tuple(keys, people, fc.option(roles)).map(
    ([apiKeyId, createdBy, roleId]): Decision =>
      (workspace) =>
        createApiKey(workspace, { apiKeyId, createdBy, roleId, name: 'k', lastFour: '0000', expiresAt: null }),
  ),
  keys.map(
    (apiKeyId): Decision =>
      (workspace) =>
        deleteApiKey(workspace, apiKeyId),
  ),
);

const bootstrap: readonly Fact[] = [
  fact('WorkspaceCreated', { name: 'Test' }),
  fact('UserAdded', {
    userId: 'root',
    email: 'root@e.com',
    name: 'Root',
    roleId: admin,
    teamIds: [],
    timezone: 'UTC',
    language: 'en',
  }),
];

const refusedOr = (work: () => readonly Fact[]): readonly Fact[] => {
  try {
    return work();
  } catch (error) {
    expect(error).toBeInstanceOf(HarmonyError);
    return [];
  }
};

const distinct = (texts: readonly string[]): boolean =>
  new Set(texts.map((text) => text.toLowerCase())).size === texts.length;

function expectSound(workspace: Workspace): void {
  const present = [...workspace.users.values()].filter(({ removed }) => !removed);
  const keysThere = [...workspace.apiKeys.values()];
  const exists = (roleId: string): boolean => isBuiltInRole(roleId) || workspace.roles.has(roleId);
  expect(present.some(({ roleId }) => roleId === admin)).toBe(true);
  expect(distinct(present.map(({ email }) => email))).toBe(true);
  expect(distinct([...workspace.teams.values()].map(({ name }) => name))).toBe(true);
  expect(distinct([...workspace.roles.values()].map(({ name }) => name))).toBe(true);
  expect(present.every(({ roleId }) => exists(roleId))).toBe(true);
  expect(keysThere.every(({ roleId }) => roleId === null || exists(roleId))).toBe(true);
  expect(present.every(({ teamIds }) => teamIds.every((teamId) => workspace.teams.has(teamId)))).toBe(true);
  expect(keysThere.every(({ createdBy }) => workspace.users.get(createdBy)?.removed === false)).toBe(true);
}

describe('a workspace', () => {
  it('keeps its promises over any sequence of commands', () => {
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 60 }), (decisions) => {
        const log: Fact[] = [...bootstrap];
        for (const decide of decisions) {
          log.push(...refusedOr(() => decide(workspaceFrom(log as never))));
          expectSound(workspaceFrom(log as never));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is the same folded at once and event by event, and folding leaves what was there as it is', () => {
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 30 }), (decisions) => {
        let stepwise = workspaceFrom(bootstrap as never);
        const log: Fact[] = [...bootstrap];
        for (const decide of decisions) {
          const facts = refusedOr(() => decide(stepwise));
          const before = structuredClone(stepwise);
          const next = evolve(stepwise, facts as never);
          expect(stepwise).toEqual(before);
          stepwise = next;
          log.push(...facts);
        }
        expect(stepwise).toEqual(workspaceFrom(log as never));
      }),
    );
  });
});
