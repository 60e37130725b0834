import { fact, newId } from '@harmony/kernel';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT, UnsecuredJWT } from 'jose';
import { createAccess, type Access } from '../create-access.js';
import { startAccess, type AccessFixture } from '../testing/access-fixture.js';
import { startIdentityProvider, type IdentityProvider } from '../testing/identity-provider.js';
import { roleIds, userAdded } from '../testing/people.js';
import type { OidcOptions } from './oidc-verifier.js';

const audience = 'harmony-test';

describe('sign-in with an OpenID Connect provider', () => {
  const [workspaceId, userId, email] = [newId(), newId(), 'ada@example.com'];
  let fixture: AccessFixture;
  let provider: IdentityProvider;
  let first: Awaited<ReturnType<IdentityProvider['addKey']>>;

  beforeAll(async () => {
    fixture = await startAccess();
    provider = await startIdentityProvider();
    first = await provider.addKey('first');
    await fixture.happen(workspaceId, [userAdded(userId, email, roleIds.teamManager)]);
  });
  afterEach(() => provider.answer('well'));
  afterAll(async () => {
    await provider.close();
    await fixture.close();
  });

  const open = (more: Partial<OidcOptions> = {}): Access => {
    const { worker: pool, scoped: database } = fixture.database;
    const oidc = { issuer: provider.issuer, jwksUrl: provider.jwksUrl, audience, keyRefreshSeconds: 0, ...more };
    return createAccess({ pool, database, clock: { now: () => new Date() }, log: { warn: () => undefined }, oidc });
  };
  const seconds = (): number => Math.floor(Date.now() / 1000);
  const claims = (more: object = {}): Record<string, unknown> => ({
    iss: provider.issuer,
    aud: audience,
    sub: 'provider-id',
    exp: seconds() + 60,
    email,
    email_verified: true,
    workspace_id: workspaceId,
    ...more,
  });
  const authenticate = (access: Access, token: string) =>
    access.authenticator.authenticate({ authorizationHeader: `Bearer ${token}`, apiKeyHeader: undefined });

  it('finds the user by the verified email address and the workspace claim', async () => {
    const token = await provider.sign(first, claims({ email: 'Ada@Example.com' }));
    expect(await authenticate(open(), token)).toMatchObject({ id: userId, workspaceId, roleId: roleIds.teamManager });
  });

  it('finds the keys by discovery when no address of them is given', async () => {
    const token = await provider.sign(first, claims());
    expect(await authenticate(open({ jwksUrl: undefined }), token)).toMatchObject({ id: userId });
  });

  it('takes the configured workspace and claim names', async () => {
    const fixed = open({ workspaceId });
    await authenticate(fixed, await provider.sign(first, claims({ workspace_id: undefined })));
    const renamed = open({ workspaceClaim: 'tenant', emailClaim: 'mail' });
    const token = await provider.sign(first, claims({ tenant: workspaceId, workspace_id: 'x', mail: email, email: 1 }));
    expect(await authenticate(renamed, token)).toMatchObject({ id: userId });
  });

  it('takes every algorithm with a public key', async () => {
    for (const algorithm of ['PS256', 'ES256', 'EdDSA']) {
      const key = await provider.addKey(algorithm, algorithm);
      expect(await authenticate(open(), await provider.sign(key, claims()))).toMatchObject({ id: userId });
    }
  });

  it('follows the provider’s rotation of keys without a restart, and fetches keys only then', async () => {
    const access = open();
    await authenticate(access, await provider.sign(first, claims()));
    const fetches = provider.fetches();
    await authenticate(access, await provider.sign(first, claims()));
    expect(provider.fetches()).toBe(fetches);
    const second = await provider.addKey('second');
    await authenticate(access, await provider.sign(second, claims()));
    expect(provider.fetches()).toBe(fetches + 1);
    provider.withdrawKey('second');
    await expect(authenticate(open(), await provider.sign(second, claims()))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('answers TOKEN_EXPIRED beyond the tolerance of clocks and not within it', async () => {
    const access = open({ clockToleranceSeconds: 30 });
    await authenticate(access, await provider.sign(first, claims({ exp: seconds() - 10 })));
    await expect(
      authenticate(access, await provider.sign(first, claims({ exp: seconds() - 60 }))),
    ).rejects.toMatchObject({
      code: 'TOKEN_EXPIRED',
    });
  });

  it.each<[string, object]>([
    ['for another audience', { aud: 'somebody-else' }],
    ['without an expiry', { exp: undefined }],
    ['that is not valid yet', { nbf: Math.floor(Date.now() / 1000) + 3600 }],
    ['without an email address', { email: undefined }],
    ['with an email address that is not verified', { email_verified: false }],
    ['with a verification that is only a text', { email_verified: 'true' }],
    ['of somebody who is no user', { email: 'nobody@example.com' }],
    ['without a workspace', { workspace_id: undefined }],
    ['for a workspace that is no id', { workspace_id: 'x' }],
    ['for a workspace where they are no user', { workspace_id: newId() }],
  ])('refuses a token %s', async (_, more) => {
    const token = await provider.sign(first, claims(more));
    await expect(authenticate(open(), token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('refuses a token that names another issuer', async () => {
    const token = await provider.sign(first, claims({ iss: 'https://elsewhere.example.com' }));
    await expect(authenticate(open(), token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('refuses algorithms without a public key, and no signature at all', async () => {
    const secret = Buffer.from(JSON.stringify(first.publicJwk));
    const shared = await new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: 'first' }).sign(secret);
    const none = new UnsecuredJWT(claims()).encode();
    for (const token of [shared, none]) {
      await expect(authenticate(open(), token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    }
  });

  it('refuses a token whose claims were changed after it was signed', async () => {
    const [header, , signature] = (await provider.sign(first, claims())).split('.');
    const changed = Buffer.from(JSON.stringify(claims({ email: 'eve@example.com' }))).toString('base64url');
    await expect(authenticate(open(), [header, changed, signature].join('.'))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('refuses the token of a removed user', async () => {
    const gone = newId();
    const facts = [userAdded(gone, 'gone@example.com'), fact('UserRemoved', { userId: gone })];
    await fixture.happen(workspaceId, facts);
    const token = await provider.sign(first, claims({ email: 'gone@example.com' }));
    await expect(authenticate(open(), token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it.each(['with an error', 'with nonsense'] as const)(
    'answers SIGN_IN_PROVIDER_UNAVAILABLE while the provider answers %s, and works again afterwards',
    async (how) => {
      const token = await provider.sign(first, claims());
      for (const jwksUrl of [provider.jwksUrl, undefined]) {
        const access = open({ jwksUrl });
        provider.answer(how);
        await expect(authenticate(access, token)).rejects.toMatchObject({
          code: 'SIGN_IN_PROVIDER_UNAVAILABLE',
          status: 503,
          retryAfterSeconds: 5,
        });
        provider.answer('well');
        expect(await authenticate(access, token)).toMatchObject({ id: userId });
      }
    },
  );

  it('answers SIGN_IN_PROVIDER_UNAVAILABLE when nobody listens', async () => {
    const token = await provider.sign(first, claims());
    await expect(authenticate(open({ jwksUrl: 'http://127.0.0.1:1/keys' }), token)).rejects.toMatchObject({
      code: 'SIGN_IN_PROVIDER_UNAVAILABLE',
    });
  });

  it('goes on with the local sign-in beside the provider', async () => {
    const access = open();
    await access.passwords.set(userId, 'correct horse battery');
    const { accessToken } = await access.signIn.signIn({ email, password: 'correct horse battery' });
    expect(await authenticate(access, accessToken)).toMatchObject({ id: userId });
  });
});
