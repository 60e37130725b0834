import type { EventDataOf } from '@harmony/contracts';

export interface User {
  readonly email: string;
  readonly name: string;
  readonly roleId: string;
  readonly teamIds: readonly string[];
  readonly timezone: string;
  readonly language: string;
  readonly customFields: Readonly<Record<string, unknown>>;
  readonly removed: boolean;
}

export interface Role {
  readonly name: string;
  readonly permissions: readonly string[];
}

export type CustomField = Omit<EventDataOf<'CustomFieldDefined'>, 'customFieldId'>;

export interface ApiKey {
  readonly roleId: string | null;
  readonly createdBy: string;
}

/** What a workspace's own stream says: everything that its decisions depend on. */
export interface Workspace {
  readonly name: string | undefined;
  readonly users: ReadonlyMap<string, User>;
  readonly teams: ReadonlyMap<string, { readonly name: string }>;
  /** Custom roles; the built-in ones are constants. */
  readonly roles: ReadonlyMap<string, Role>;
  readonly customFields: ReadonlyMap<string, CustomField>;
  readonly featureFlags: ReadonlyMap<string, boolean>;
  readonly apiKeys: ReadonlyMap<string, ApiKey>;
}

export const emptyWorkspace: Workspace = {
  name: undefined,
  users: new Map(),
  teams: new Map(),
  roles: new Map(),
  customFields: new Map(),
  featureFlags: new Map(),
  apiKeys: new Map(),
};
