import { fact, newId } from '@harmony/kernel';
import type { Permission } from '@harmony/contracts';
import type { Connection, PageRequest } from '@harmony/api';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Principal } from '../principal.js';
import { startAccess, type AccessFixture } from '../testing/access-fixture.js';
import { keyCreated, roleIds, someIds, userAdded } from '../testing/people.js';
import { PostgresDirectory } from './postgres-directory.js';
import { DirectoryQueries } from './queries/queries.js';

const [ours = '', theirs = ''] = someIds(2);
const [ada = '', ben = '', cem = '', eve = ''] = someIds(4);
const [sales = '', support = '', foreignTeam = ''] = someIds(3);
const [contact = '', foreignContact = ''] = someIds(2);
const [keyOfAda = '', keyOfBen = '', foreignKey = ''] = someIds(3);

const contactAdded = (contactId: string, name: string, more: { email?: string; company?: string } = {}) =>
  fact('ContactAdded', { contactId, name, email: null, company: null, customFields: {}, ...more });
const fieldDefined = (key: string, target: 'CONTACT' | 'USER') =>
  fact('CustomFieldDefined', {
    customFieldId: newId(),
    target,
    key,
    label: key,
    type: 'SELECT',
    options: ['a', 'b'],
    required: false,
  });

describe('the directory', () => {
  let fixture: AccessFixture;
  let directory: PostgresDirectory;
  let queries: DirectoryQueries;

  beforeAll(async () => {
    fixture = await startAccess();
    directory = new PostgresDirectory(fixture.database.scoped);
    queries = new DirectoryQueries(fixture.database.scoped);
    await fixture.happen(ours, [
      fact('WorkspaceCreated', { name: 'Ours' }),
      fact('TeamCreated', { teamId: sales, name: 'Sales' }),
      fact('TeamCreated', { teamId: support, name: 'Old name' }),
      fact('TeamRenamed', { teamId: support, name: 'support' }),
      userAdded(ada, 'ada@example.com', roleIds.admin, [sales]),
      userAdded(ben, 'ben@example.com', roleIds.user),
      fact('UserTeamsAssigned', { userId: ben, teamIds: [support, sales] }),
      userAdded(cem, 'cem@example.com', roleIds.user, [support]),
      fact('UserRemoved', { userId: cem }),
      contactAdded(contact, 'Grace Hopper', { email: 'grace@navy.example', company: '100% Cobol_Ltd' }),
      contactAdded(newId(), 'Annie'),
      fieldDefined('tier', 'CONTACT'),
      fieldDefined('level', 'USER'),
      fact('FeatureFlagSet', { flag: 'reports-rerun-tab', enabled: true }),
      keyCreated(keyOfAda, ada),
      keyCreated(keyOfBen, ben),
    ]);
    await fixture.happen(theirs, [
      userAdded(eve, 'ada@example.com'),
      fact('TeamCreated', { teamId: foreignTeam, name: 'Sales' }),
      contactAdded(foreignContact, 'Grace Hopper'),
      keyCreated(foreignKey, eve),
    ]);
  });
  afterAll(() => fixture.close());

  const reader = (permissions: Permission[], more: Partial<Principal> = {}): Principal => ({
    kind: 'USER',
    id: ben,
    userId: ben,
    workspaceId: ours,
    roleId: roleIds.user,
    permissions: new Set(permissions),
    teamIds: [sales, support],
    ...more,
  });
  const page: PageRequest = { first: 100 };
  const names = (list: Connection<{ name: string }>): string[] => list.edges.map(({ node }) => node.name);

  it('knows what exists, and finds foreign, removed and malformed ids no different from unknown ones', async () => {
    expect(await directory.teamExists(ours, sales)).toBe(true);
    expect(await directory.userExists(ours, ada)).toBe(true);
    expect(await directory.contactExists(ours, contact)).toBe(true);
    const answers = await Promise.all([
      directory.teamExists(ours, foreignTeam),
      directory.userExists(ours, eve),
      directory.userExists(ours, cem),
      directory.contactExists(ours, foreignContact),
      directory.contactExists(ours, newId()),
      directory.teamExists(ours, "'; drop table access.teams; --"),
    ]);
    expect(answers).toEqual([false, false, false, false, false, false]);
  });

  it('finds a team by its present name, in any case and in its own workspace only', async () => {
    expect(await directory.teamNamed(ours, 'SALES')).toBe(sales);
    expect(await directory.teamNamed(theirs, 'sales')).toBe(foreignTeam);
    expect(await directory.teamNamed(ours, 'Old name')).toBeUndefined();
  });

  it('names users, removed ones too, contacts and teams of the workspace, and nobody else', async () => {
    const asked = [ada, cem, eve, contact, foreignContact, sales, foreignTeam, newId(), 'no id'];
    const found = await directory.namesOf(ours, asked);
    expect([...found.keys()].sort()).toEqual([ada, cem, contact, sales].sort());
    expect([...(await directory.namesOf(theirs, asked)).keys()].sort()).toEqual(
      [eve, foreignContact, foreignTeam].sort(),
    );
    expect(await directory.namesOf(ours, [])).toEqual(new Map());
  });

  it('tells the custom fields of a kind of record and the flags of the workspace', async () => {
    expect(await directory.customFields(ours, 'CONTACT')).toMatchObject([{ key: 'tier', options: ['a', 'b'] }]);
    expect(await directory.customFields(ours, 'CONVERSATION')).toEqual([]);
    expect(await directory.customFields(theirs, 'CONTACT')).toEqual([]);
    expect(await directory.isEnabled(ours, 'reports-rerun-tab')).toBe(true);
    expect(await directory.isEnabled(theirs, 'reports-rerun-tab')).toBe(false);
  });

  it('lists users in the reader’s scope only', async () => {
    expect(names(await queries.users(reader(['users:read:all']), page))).toEqual([
      'ada@example.com',
      'ben@example.com',
    ]);
    expect(names(await queries.users(reader(['users:read:all']), page, true))).toHaveLength(3);
    expect(names(await queries.users(reader(['users:read:own']), page))).toEqual(['ben@example.com']);
    const inSupport = reader(['users:read:team'], { userId: newId(), teamIds: [support] });
    expect(names(await queries.users(inSupport, page, true))).toEqual(['ben@example.com', 'cem@example.com']);
    await expect(queries.users(reader([]), page)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('lists teams in the reader’s scope, by name without case', async () => {
    expect(names(await queries.teams(reader(['teams:read:all']), page))).toEqual(['Sales', 'support']);
    expect(names(await queries.teams(reader(['teams:read:team'], { teamIds: [support] }), page))).toEqual(['support']);
    expect(names(await queries.teams(reader(['teams:read:own']), page))).toEqual([]);
  });

  it('lists API keys of one’s own, of team mates, or all', async () => {
    const ids = async (who: Principal): Promise<string[]> =>
      (await queries.apiKeys(who, page)).edges.map(({ node }) => node.apiKeyId).sort();
    expect(await ids(reader(['api-keys:read:all']))).toEqual([keyOfAda, keyOfBen].sort());
    expect(await ids(reader(['api-keys:read:team'], { teamIds: [sales], userId: newId() }))).toEqual(
      [keyOfAda, keyOfBen].sort(),
    );
    expect(await ids(reader(['api-keys:read:team'], { teamIds: [support], userId: newId() }))).toEqual([keyOfBen]);
    expect(await ids(reader(['api-keys:read:own']))).toEqual([keyOfBen]);
  });

  it('shows built-in roles beside those of the workspace', async () => {
    const roleId = newId();
    await fixture.happen(ours, [fact('RoleDefined', { roleId, name: 'Coach', permissions: ['users:read:team'] })]);
    const all = await queries.roles(reader(['roles:read:all']), page);
    expect(all.edges.map(({ node }) => [node.name, node.builtIn])).toEqual([
      ['Admin', true],
      ['Coach', false],
      ['Team Manager', true],
      ['User', true],
    ]);
    expect(await queries.rolesById(reader(['roles:read:all'], { workspaceId: theirs }), [roleId])).toEqual([]);
  });

  it.each([
    ['grace', 1],
    ['HOPPER', 1],
    ['navy.ex', 1],
    ['cobol', 1],
    ['100%', 1],
    ['l_l', 1],
    ['%', 1],
    ['_', 1],
    ['a', 2],
    ['  ', 2],
    ['\\', 0],
    ["' or true --", 0],
  ])('finds contacts while somebody types "%s"', async (search, count) => {
    expect((await queries.contacts(reader(['contacts:read:all']), page, search)).edges).toHaveLength(count);
  });

  it('walks every list page by page as it is as a whole', async () => {
    const who = reader(['contacts:read:all', 'users:read:all', 'custom-fields:read:all', 'api-keys:read:all']);
    const lists: ((request: PageRequest) => Promise<Connection<object>>)[] = [
      (request) => queries.contacts(who, request),
      (request) => queries.users(who, request, true),
      (request) => queries.customFields(who, request),
      (request) => queries.apiKeys(who, request),
    ];
    for (const list of lists) {
      const whole = (await list(page)).edges.map(({ node }) => node);
      const walked: object[] = [];
      let after: string | null = null;
      for (let more = true; more;) {
        const part: Connection<object> = await list({ first: 1, after });
        walked.push(...part.edges.map(({ node }) => node));
        after = part.pageInfo.endCursor;
        more = part.pageInfo.hasNextPage;
      }
      expect(walked).toEqual(whole);
      expect(whole.length).toBeGreaterThan(1);
    }
  });

  it('shows a reader nothing of another workspace, by list or by id', async () => {
    const all: Permission[] = ['users:read:all', 'teams:read:all', 'contacts:read:all', 'api-keys:read:all'];
    const foreigner = reader(all, { workspaceId: theirs, userId: eve, teamIds: [sales, support] });
    expect((await queries.users(foreigner, page, true)).edges.map(({ node }) => node.userId)).toEqual([eve]);
    expect((await queries.teams(foreigner, page)).edges.map(({ node }) => node.teamId)).toEqual([foreignTeam]);
    expect((await queries.contacts(foreigner, page)).edges.map(({ node }) => node.contactId)).toEqual([foreignContact]);
    expect((await queries.apiKeys(foreigner, page)).edges.map(({ node }) => node.apiKeyId)).toEqual([foreignKey]);
    expect(await queries.usersById(foreigner, [ada, 'nonsense'])).toEqual([]);
    expect(await queries.teamsById(foreigner, [sales])).toEqual([]);
    expect(await queries.contactsById(foreigner, [contact])).toEqual([]);
    expect(await queries.apiKeysById(foreigner, [keyOfAda])).toEqual([]);
  });
});
