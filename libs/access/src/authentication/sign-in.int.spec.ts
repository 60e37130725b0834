import { fact, newId } from '@harmony/kernel';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT, UnsecuredJWT, generateKeyPair } from 'jose';
import { createAccess, type Access } from '../create-access.js';
import { startAccess, type AccessFixture } from '../testing/access-fixture.js';
import { heldClock, roleIds, userAdded } from '../testing/people.js';
import { signInAttempts } from './sign-in.js';

const password = 'correct horse battery';

describe('the local sign-in', () => {
  const clock = heldClock();
  const workspaceId = newId();
  let fixture: AccessFixture;
  let access: Access;

  const open = (): Access => {
    const { worker: pool, scoped: database } = fixture.database;
    const scryptCost = { cost: 2 ** 10, blockSize: 8, parallelization: 1 };
    return createAccess({ pool, database, clock, log: { warn: () => undefined }, scryptCost });
  };
  beforeAll(async () => {
    fixture = await startAccess();
    access = open();
  });
  afterAll(() => fixture.close());

  const authenticate = (token: string, by = access) =>
    by.authenticator.authenticate({ authorizationHeader: `Bearer ${token}`, apiKeyHeader: undefined });

  async function person(more: { workspace?: string; email?: string; password?: string } = {}) {
    const userId = newId();
    const email = more.email ?? `${userId}@example.com`;
    await fixture.happen(more.workspace ?? workspaceId, [userAdded(userId, email, roleIds.user)]);
    await access.passwords.set(userId, more.password ?? password);
    return { userId, email };
  }

  it('gives a token that is good for an hour, and not a moment longer', async () => {
    const { userId, email } = await person();
    const session = await access.signIn.signIn({ email: email.toUpperCase(), password });
    expect(session).toMatchObject({ userId, workspaceId });
    expect(await authenticate(session.accessToken)).toMatchObject({ kind: 'USER', id: userId, roleId: roleIds.user });
    clock.advance(3_599_000);
    await authenticate(session.accessToken);
    clock.advance(1_001);
    await expect(authenticate(session.accessToken)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
  });

  it('answers a wrong password, an unknown user and a removed one in the same words', async () => {
    const [known, removed] = [await person(), await person()];
    await fixture.happen(workspaceId, [fact('UserRemoved', { userId: removed.userId })]);
    const outcomes = await Promise.all(
      [
        access.signIn.signIn({ email: known.email, password: 'wrong password 1' }),
        access.signIn.signIn({ email: 'nobody@example.com', password }),
        access.signIn.signIn({ email: removed.email, password }),
        access.signIn.signIn({ email: known.email, password, workspaceId: newId() }),
      ].map((attempt) => attempt.catch((error: unknown) => error)),
    );
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({
        code: 'INVALID_CREDENTIALS',
        message: 'The email address or the password is wrong.',
      });
    }
  });

  it('refuses the token of a user from the moment when they are removed', async () => {
    const { userId, email } = await person();
    const { accessToken } = await access.signIn.signIn({ email, password });
    await authenticate(accessToken);
    await fixture.happen(workspaceId, [fact('UserRemoved', { userId })]);
    await expect(authenticate(accessToken)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('follows a change of role at once', async () => {
    const { userId, email } = await person();
    const { accessToken } = await access.signIn.signIn({ email, password });
    await fixture.happen(workspaceId, [fact('UserRoleAssigned', { userId, roleId: roleIds.admin })]);
    expect((await authenticate(accessToken)).permissions.has('roles:delete:all')).toBe(true);
  });

  it('stops guessing after ten attempts, and a success starts the count anew', async () => {
    const { email } = await person();
    const wrong = () => access.signIn.signIn({ email, password: 'wrong password 1' });
    for (let count = 1; count < signInAttempts.limit; count += 1) {
      await expect(wrong()).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
    }
    await access.signIn.signIn({ email, password });
    for (let count = 1; count <= signInAttempts.limit; count += 1) {
      await expect(wrong()).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
    }
    await expect(wrong()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await expect(access.signIn.signIn({ email, password })).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('asks for the workspace only of somebody whose password fits in two', async () => {
    const email = 'both@example.com';
    const other = newId();
    const [first, second] = [await person({ email }), await person({ email, workspace: other })];
    await expect(access.signIn.signIn({ email, password })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await access.signIn.signIn({ email, password, workspaceId: other })).toMatchObject({
      userId: second.userId,
    });
    await access.passwords.set(second.userId, 'another password');
    expect(await access.signIn.signIn({ email, password })).toMatchObject({ userId: first.userId });
  });

  it('verifies a password with the parameters that it was stored with', async () => {
    const { email } = await person();
    const { worker: pool, scoped: database } = fixture.database;
    const scryptCost = { cost: 2 ** 11, blockSize: 4, parallelization: 2 };
    const stronger = createAccess({ pool, database, clock, log: { warn: () => undefined }, scryptCost });
    expect(await stronger.signIn.signIn({ email, password })).toMatchObject({ workspaceId });
  });

  it.each(['short', 'x'.repeat(201)])('refuses to set a password of the wrong length', async (bad) => {
    await expect(access.passwords.set(newId(), bad)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('makes one first key however many processes start together', async () => {
    await fixture.server.pool.query('delete from access.signing_keys');
    const kids = await Promise.all(Array.from({ length: 6 }, async () => (await open().signingKeys.current()).kid));
    expect(new Set(kids).size).toBe(1);
  });

  it('signs with a new key after a rotation, and still takes what the old one signed', async () => {
    const { email } = await person();
    const before = await access.signIn.signIn({ email, password });
    const kid = await access.signingKeys.rotate();
    const after = await open().signIn.signIn({ email, password });
    expect((await access.signingKeys.current()).kid).toBe(kid);
    await Promise.all([authenticate(before.accessToken), authenticate(after.accessToken)]);
    await authenticate(before.accessToken, open());
  });

  describe('refuses a token', () => {
    const claims = () => ({ workspace_id: workspaceId, sub: newId() });
    const seconds = () => Math.floor(clock.now().getTime() / 1000);
    const forged = async (header: object, more: object = {}): Promise<string> => {
      const { privateKey } = await generateKeyPair('EdDSA');
      return new SignJWT({ ...claims(), iss: 'harmony', aud: 'harmony-api', exp: seconds() + 60, ...more })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', ...header })
        .sign(privateKey);
    };

    it('with a foreign signature under a known key id', async () => {
      const { kid } = await access.signingKeys.current();
      await expect(authenticate(await forged({ kid }))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    });

    it.each([newId(), "'; drop table access.users; --", '\0'])('with the unknown key id %j', async (kid) => {
      await expect(authenticate(await forged({ kid }))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    });

    it('without a key id', async () => {
      await expect(authenticate(await forged({}))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    });

    it('without a signature', async () => {
      const token = new UnsecuredJWT({ ...claims(), iss: 'harmony', aud: 'harmony-api', exp: seconds() + 60 }).encode();
      await expect(authenticate(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    });

    it('signed with the public key as if it were a shared secret', async () => {
      const { kid } = await access.signingKeys.current();
      const { rows } = await fixture.server.pool.query<{ public_jwk: object }>(
        'select public_jwk from access.signing_keys',
      );
      const token = await new SignJWT({ ...claims(), iss: 'harmony', aud: 'harmony-api', exp: seconds() + 60 })
        .setProtectedHeader({ alg: 'HS256', kid, typ: 'at+jwt' })
        .sign(Buffer.from(JSON.stringify(rows[0]?.public_jwk)));
      await expect(authenticate(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    });

    it.each(['', 'x', 'a.b', 'a.b.c', 'a.b.c.d', `${'A'.repeat(9000)}.b.c`])(
      'that is malformed: "%.20s"',
      async (token) => {
        await expect(authenticate(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
      },
    );

    it.each(['Basic dXNlcjpwYXNz', 'Bearer', 'Token a.b.c', 'Bearer a.b.c, Bearer d.e.f'])(
      'in the header "%s"',
      async (authorizationHeader) => {
        await expect(
          access.authenticator.authenticate({ authorizationHeader, apiKeyHeader: undefined }),
        ).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
      },
    );
  });
});
