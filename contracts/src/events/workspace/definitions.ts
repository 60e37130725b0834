import { z } from 'zod';
import { defineEvent } from '../definition.js';

const name = z.string().min(1).max(100);

export const customFieldTargets = ['CONTACT', 'CONVERSATION', 'USER'] as const;
export const customFieldTypes = ['TEXT', 'NUMBER', 'BOOLEAN', 'DATE', 'SELECT'] as const;

export const workspaceEvents = {
  WorkspaceCreated: defineEvent({ type: 'WorkspaceCreated', schema: z.object({ name }) }),
  TeamCreated: defineEvent({ type: 'TeamCreated', schema: z.object({ teamId: z.uuid(), name }) }),
  TeamRenamed: defineEvent({ type: 'TeamRenamed', schema: z.object({ teamId: z.uuid(), name }) }),
  TeamRemoved: defineEvent({ type: 'TeamRemoved', schema: z.object({ teamId: z.uuid() }) }),
  RoleDefined: defineEvent({
    type: 'RoleDefined',
    schema: z.object({ roleId: z.uuid(), name, permissions: z.array(z.string()) }),
  }),
  RoleRemoved: defineEvent({ type: 'RoleRemoved', schema: z.object({ roleId: z.uuid() }) }),
  UserAdded: defineEvent({
    type: 'UserAdded',
    schema: z.object({
      userId: z.uuid(),
      email: z.email(),
      name,
      roleId: z.uuid(),
      teamIds: z.array(z.uuid()),
      timezone: z.string(),
      language: z.string(),
    }),
    publicSchema: z.object({ userId: z.uuid(), roleId: z.uuid(), teamIds: z.array(z.uuid()) }),
    publicData: ({ userId, roleId, teamIds }) => ({ userId, roleId, teamIds }),
  }),
  UserProfileChanged: defineEvent({
    type: 'UserProfileChanged',
    schema: z.object({
      userId: z.uuid(),
      name,
      timezone: z.string(),
      language: z.string(),
      customFields: z.record(z.string(), z.unknown()),
    }),
    publicSchema: z.object({ userId: z.uuid() }),
    publicData: ({ userId }) => ({ userId }),
  }),
  UserRoleAssigned: defineEvent({ type: 'UserRoleAssigned', schema: z.object({ userId: z.uuid(), roleId: z.uuid() }) }),
  UserTeamsAssigned: defineEvent({
    type: 'UserTeamsAssigned',
    schema: z.object({ userId: z.uuid(), teamIds: z.array(z.uuid()) }),
  }),
  UserRemoved: defineEvent({ type: 'UserRemoved', schema: z.object({ userId: z.uuid() }) }),
  CustomFieldDefined: defineEvent({
    type: 'CustomFieldDefined',
    schema: z.object({
      customFieldId: z.uuid(),
      target: z.enum(customFieldTargets),
      key: z.string().regex(/^[a-z][a-z0-9_]{0,49}$/),
      label: name,
      type: z.enum(customFieldTypes),
      options: z.array(z.string().min(1).max(100)),
      required: z.boolean(),
    }),
  }),
  CustomFieldRemoved: defineEvent({ type: 'CustomFieldRemoved', schema: z.object({ customFieldId: z.uuid() }) }),
  FeatureFlagSet: defineEvent({
    type: 'FeatureFlagSet',
    schema: z.object({ flag: z.string().min(1).max(100), enabled: z.boolean() }),
  }),
  ApiKeyCreated: defineEvent({
    type: 'ApiKeyCreated',
    schema: z.object({
      apiKeyId: z.uuid(),
      name,
      lastFour: z.string().length(4),
      roleId: z.uuid().nullable(),
      createdBy: z.uuid(),
      expiresAt: z.iso.datetime().nullable(),
    }),
  }),
  ApiKeyDeleted: defineEvent({ type: 'ApiKeyDeleted', schema: z.object({ apiKeyId: z.uuid() }) }),
} as const;
