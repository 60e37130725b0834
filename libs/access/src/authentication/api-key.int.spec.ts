import { fact, newId } from '@harmony/kernel';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createAccess, type Access } from '../create-access.js';
import { newApiKey } from '../secrets/api-key.js';
import { startAccess, type AccessFixture } from '../testing/access-fixture.js';
import { heldClock, keyCreated, roleIds, userAdded } from '../testing/people.js';

describe('authentication by API key', () => {
  const clock = heldClock();
  const [workspaceId, otherWorkspace] = [newId(), newId()];
  let fixture: AccessFixture;
  let access: Access;

  beforeAll(async () => {
    fixture = await startAccess();
    const { worker: pool, scoped: database } = fixture.database;
    access = createAccess({ pool, database, clock, log: { warn: () => undefined } });
  });
  afterAll(() => fixture.close());

  const asKey = (apiKeyHeader: string) =>
    access.authenticator.authenticate({ apiKeyHeader, authorizationHeader: undefined });

  async function keyOf(more: { userRole?: string; roleId?: string; expiresAt?: string; workspace?: string } = {}) {
    const [userId, apiKeyId, key] = [newId(), newId(), newApiKey()];
    const workspace = more.workspace ?? workspaceId;
    await fixture.happen(workspace, [
      userAdded(userId, `${userId}@example.com`, more.userRole),
      keyCreated(apiKeyId, userId, more),
    ]);
    await access.apiKeys.store(apiKeyId, key);
    return { userId, apiKeyId, key, workspace };
  }

  it('makes keys of lk_ and 64 lowercase hex digits, each another one', () => {
    const keys = Array.from({ length: 50 }, newApiKey);
    expect(keys.every((key) => /^lk_[0-9a-f]{64}$/.test(key))).toBe(true);
    expect(new Set(keys).size).toBe(50);
  });

  it('resolves a key to its creator’s records and role', async () => {
    const { userId, apiKeyId, key } = await keyOf({ userRole: roleIds.user });
    expect(await asKey(key)).toMatchObject({
      kind: 'API_KEY',
      id: apiKeyId,
      userId,
      workspaceId,
      roleId: roleIds.user,
    });
  });

  it('lets the key’s own role win over that of its creator', async () => {
    const { key } = await keyOf({ userRole: roleIds.admin, roleId: roleIds.user });
    const principal = await asKey(key);
    expect(principal.permissions.has('conversations:read:own')).toBe(true);
    expect(principal.permissions.has('conversations:read:all')).toBe(false);
  });

  it('grants nothing for a role that is gone', async () => {
    const { key } = await keyOf({ roleId: newId() });
    expect((await asKey(key)).permissions.size).toBe(0);
  });

  it('reads the permissions of a custom role and skips those that it does not know', async () => {
    const roleId = newId();
    const permissions = ['users:read:all', 'spaceships:fly:all'];
    await fixture.happen(workspaceId, [fact('RoleDefined', { roleId, name: 'Reader', permissions })]);
    const { key } = await keyOf({ roleId });
    expect([...(await asKey(key)).permissions]).toEqual(['users:read:all']);
  });

  it('refuses an expired key with TOKEN_EXPIRED, to the moment', async () => {
    const { key } = await keyOf({ expiresAt: new Date(clock.now().getTime() + 1000).toISOString() });
    await asKey(key);
    clock.advance(1000);
    await expect(asKey(key)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED', status: 401 });
  });

  it('is found again by id, with the rights that it has now, for work that outlives the request', async () => {
    const expiresAt = new Date(clock.now().getTime() + 60_000).toISOString();
    const { key, apiKeyId } = await keyOf({ userRole: roleIds.admin, roleId: roleIds.user, expiresAt });
    const { principals } = access;
    expect(await principals.ofApiKey(workspaceId, apiKeyId, clock.now())).toEqual(await asKey(key));
    expect(await principals.ofApiKey(otherWorkspace, apiKeyId, clock.now())).toBeUndefined();
    expect(await principals.ofApiKey(workspaceId, apiKeyId, new Date(expiresAt))).toBeUndefined();
    await fixture.happen(workspaceId, [fact('ApiKeyDeleted', { apiKeyId })]);
    expect(await principals.ofApiKey(workspaceId, apiKeyId, clock.now())).toBeUndefined();
  });

  it('refuses a revoked key from the next request on', async () => {
    const { key, apiKeyId } = await keyOf();
    await asKey(key);
    await access.apiKeys.revoke([apiKeyId]);
    await expect(asKey(key)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('refuses within a second what another process has revoked, however busy the key is', async () => {
    const { key, apiKeyId } = await keyOf();
    const { worker: pool, scoped: database } = fixture.database;
    const other = createAccess({ pool, database, clock, log: { warn: () => undefined } });
    await asKey(key);
    await other.apiKeys.revoke([apiKeyId]);
    const now = performance.now();
    const later = jest.spyOn(performance, 'now').mockReturnValue(now + 1_000);
    await expect(asKey(key)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    later.mockRestore();
  });

  it('proves a busy key with few statements', async () => {
    const { key } = await keyOf();
    await asKey(key);
    const statements = jest.spyOn(fixture.database.worker, 'query');
    const now = jest.spyOn(performance, 'now').mockReturnValue(performance.now());
    for (let count = 0; count < 50; count += 1) await asKey(key);
    expect(statements.mock.calls.length).toBeLessThanOrEqual(1);
    now.mockRestore();
    statements.mockRestore();
  });

  it('refuses a key that the directory no longer lists, and one of a removed user', async () => {
    const [deleted, orphan] = [await keyOf(), await keyOf()];
    await fixture.happen(workspaceId, [
      fact('ApiKeyDeleted', { apiKeyId: deleted.apiKeyId }),
      fact('UserRemoved', { userId: orphan.userId }),
    ]);
    await expect(asKey(deleted.key)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(asKey(orphan.key)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('keeps two keys of one user working side by side, for rotation', async () => {
    const [first, second] = [await keyOf(), newApiKey()];
    const apiKeyId = newId();
    await fixture.happen(workspaceId, [keyCreated(apiKeyId, first.userId)]);
    await access.apiKeys.store(apiKeyId, second);
    await Promise.all([asKey(first.key), asKey(second)]);
    await access.apiKeys.revoke([first.apiKeyId]);
    expect((await asKey(second)).userId).toBe(first.userId);
  });

  it.each([
    ['of another form', 'not a key'],
    ['in upper case', newApiKey().toUpperCase()],
    ['that nobody made', newApiKey()],
    ['with something behind it', `${newApiKey()} `],
    ['that is empty', ''],
  ])('refuses a key %s, always in the same words', async (_, key) => {
    await expect(asKey(key)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: 'The API key is not valid. It may have been deleted.',
    });
  });

  it('refuses a key in the Authorization header and says where it belongs', async () => {
    const { key } = await keyOf();
    for (const authorizationHeader of [`Bearer ${key}`, key, `bearer ${key}`]) {
      await expect(
        access.authenticator.authenticate({ authorizationHeader, apiKeyHeader: undefined }),
      ).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message: expect.stringContaining('X-API-Key') });
    }
  });

  it('refuses a request with both kinds of credentials, and one with none', async () => {
    const { key } = await keyOf();
    await expect(
      access.authenticator.authenticate({ authorizationHeader: 'Bearer a.b.c', apiKeyHeader: key }),
    ).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(
      access.authenticator.authenticate({ authorizationHeader: undefined, apiKeyHeader: undefined }),
    ).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('puts each key into its own workspace', async () => {
    const [ours, theirs] = [await keyOf(), await keyOf({ workspace: otherWorkspace })];
    expect((await asKey(ours.key)).workspaceId).toBe(workspaceId);
    expect((await asKey(theirs.key)).workspaceId).toBe(otherWorkspace);
  });

  it('records the last use once a minute', async () => {
    const { key, apiKeyId } = await keyOf();
    const lastUse = async (): Promise<unknown> =>
      (
        await fixture.server.pool.query('select last_used_at from access.api_key_usage where api_key_id = $1', [
          apiKeyId,
        ])
      ).rows[0]?.last_used_at;
    const first = clock.now();
    await asKey(key);
    clock.advance(59_999);
    await asKey(key);
    expect(await lastUse()).toEqual(first);
    clock.advance(1);
    await asKey(key);
    expect(await lastUse()).toEqual(clock.now());
  });

  it('keeps no key in the database, only a hash that the serving role cannot read', async () => {
    const { key } = await keyOf();
    const tables = await fixture.server.pool.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'access'`,
    );
    for (const { name } of tables.rows) {
      const { rows } = await fixture.server.pool.query<{ row: string }>(`select t::text as row from access.${name} t`);
      expect(rows.some(({ row }) => row.includes(key.slice(3)))).toBe(false);
    }
    for (const secret of ['api_key_secrets', 'passwords', 'signing_keys', 'peppers', 'rate_limits']) {
      await expect(fixture.database.scoped.query(workspaceId, `select * from access.${secret}`)).rejects.toThrow(
        'permission denied',
      );
    }
  });

  it('answers DATABASE_UNAVAILABLE while its connections are cut, then works again by itself', async () => {
    const { key } = await keyOf();
    await fixture.server.pool.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await eventually(async () => expect((await asKey(key)).kind).toBe('API_KEY'));
  });
});
