import type { Action, ErrorCode, Resource, Scope } from '@harmony/contracts';

/** Ids of things in one workspace, to be asked for by others. */
export interface Ids {
  readonly team: string;
  readonly user: string;
  readonly role: string;
  readonly contact: string;
  readonly customField: string;
  readonly apiKey: string;
  readonly conversation: string;
  readonly project: string;
  /** Of the project. */
  readonly definition: string;
}

export type Call =
  | { readonly query: string; readonly variables?: Record<string, unknown> }
  | {
      readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
      readonly path: string;
      readonly body?: unknown;
      readonly headers?: Record<string, string>;
    };

export interface Operation {
  readonly call: (ids: Ids) => Call;
  /** What a role must allow; undefined: anybody who is signed in. */
  readonly needs?: readonly [Resource, Action, Scope];
  /** What somebody of another workspace gets; `own` means: an answer about the own workspace only. */
  readonly foreign: ErrorCode | 'own';
  /** Works without signing in. */
  readonly anonymous?: true;
}

export const list = (name: string, needs?: Operation['needs']): Operation => ({
  call: () => ({ query: `{ ${name}(first: 100) { edges { node { __typename } cursor } pageInfo { endCursor } } }` }),
  ...(needs && { needs }),
  foreign: 'own',
});

export const byId = (name: string, key: keyof Ids, needs?: Operation['needs']): Operation => ({
  call: (ids) => ({ query: `query ($id: ID!) { ${name}(id: $id) { id } }`, variables: { id: ids[key] } }),
  ...(needs && { needs }),
  foreign: 'NOT_FOUND',
});

export const removal = (name: string, key: keyof Ids, needs: Operation['needs'], foreign: ErrorCode): Operation => ({
  call: (ids) => ({ query: `mutation ($id: ID!) { ${name}(id: $id) }`, variables: { id: ids[key] } }),
  ...(needs && { needs }),
  foreign,
});

export const mutation = (
  query: string,
  variables: (ids: Ids) => Record<string, unknown>,
  needs: Operation['needs'],
  foreign: Operation['foreign'],
): Operation => ({
  call: (ids) => ({ query, variables: variables(ids) }),
  ...(needs && { needs }),
  foreign,
});
