import type { customFieldTargets, Permission } from '@harmony/contracts';
import type { DirectoryCustomField } from '../../directory-port.js';

export interface DirectoryWorkspace {
  readonly workspaceId: string;
  readonly name: string;
}

export interface DirectoryUser {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly roleId: string;
  readonly teamIds: readonly string[];
  readonly timezone: string;
  readonly language: string;
  readonly customFields: Readonly<Record<string, unknown>>;
  readonly removed: boolean;
}

export interface DirectoryTeam {
  readonly teamId: string;
  readonly name: string;
}

export interface DirectoryRole {
  readonly roleId: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly builtIn: boolean;
}

export interface DirectoryContact {
  readonly contactId: string;
  readonly name: string;
  readonly email: string | null;
  readonly company: string | null;
  readonly customFields: Readonly<Record<string, unknown>>;
}

export interface DirectoryFieldOfTarget extends DirectoryCustomField {
  readonly target: (typeof customFieldTargets)[number];
}

export interface DirectoryApiKey {
  readonly apiKeyId: string;
  readonly name: string;
  readonly lastFour: string;
  readonly roleId: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  /** Exact to a minute; null for a key that was never used. */
  readonly lastUsedAt: Date | null;
}
