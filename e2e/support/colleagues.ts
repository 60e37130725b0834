import { z } from 'zod';
import type { Access } from './api.js';
import { succeed, type Workspace } from './running-harmony.js';

const idSchema = z.object({ id: z.string() });
const tokenSchema = z.object({ accessToken: z.string() });

export interface Colleague {
  readonly userId: string;
  /** Signed in by password. */
  readonly access: Access;
}

/** A new user of a workspace with a role of these permissions only. */
export async function addColleague(
  { admin }: Workspace,
  name: string,
  permissions: readonly string[],
  teamIds: readonly string[] = [],
): Promise<Colleague> {
  const role = await succeed(admin, 'mutation ($input: RoleInput!) { createRole(input: $input) { id } }', {
    input: { name: `Role of ${name}`, permissions },
  });
  const [email, password] = [`${name.toLowerCase()}@colleagues.example`, `${name}, a long password`];
  const added = await succeed(admin, 'mutation ($input: AddUserInput!) { addUser(input: $input) { id } }', {
    input: { email, name, password, teamIds, roleId: idSchema.parse(role['createRole']).id },
  });
  const signedIn = await succeed(
    { url: admin.url, headers: {} },
    'mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { accessToken } }',
    { email, password },
  );
  const { accessToken } = tokenSchema.parse(signedIn['signIn']);
  return {
    userId: idSchema.parse(added['addUser']).id,
    access: { url: admin.url, headers: { Authorization: `Bearer ${accessToken}` } },
  };
}
