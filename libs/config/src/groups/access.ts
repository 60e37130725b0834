import { z } from 'zod';
import { optionalText, optionalUrl, textOr, wholeNumber, type Group } from '../variable.js';

const served = ['all', 'gateway'] as const;

export const signIn = {
  title: 'Sign-in',
  introduction:
    'Tokens of an OpenID Connect provider. Absent: Harmony checks passwords and issues tokens by itself; both work side by side.',
  variables: {
    issuer: {
      name: 'OIDC_ISSUER',
      description: 'Issuer of the tokens, exactly as in their `iss` claim.',
      ...optionalUrl(/^https?$/, 'a URL such as https://login.example.com/realms/harmony'),
      usedBy: served,
    },
    jwksUrl: {
      name: 'OIDC_JWKS_URL',
      description: 'Where the keys of the issuer are. Absent: what the discovery document of the issuer names.',
      ...optionalUrl(/^https?$/, 'a URL'),
      usedBy: served,
    },
    audience: {
      name: 'OIDC_AUDIENCE',
      description: 'The `aud` claim that tokens for Harmony carry; needed with OIDC_ISSUER.',
      ...optionalText('a client id or URL'),
      usedBy: served,
    },
    emailClaim: {
      name: 'OIDC_EMAIL_CLAIM',
      description: 'The claim with the verified email address, by which the user is found.',
      ...textOr('email', 'the name of a claim'),
      usedBy: served,
    },
    workspaceClaim: {
      name: 'OIDC_WORKSPACE_CLAIM',
      description: 'The claim with the id of the workspace.',
      ...textOr('workspace_id', 'the name of a claim'),
      usedBy: served,
    },
    workspaceId: {
      name: 'OIDC_WORKSPACE_ID',
      description: 'The workspace of everybody whom the provider knows, where tokens carry no claim for it.',
      schema: z.uuid().optional(),
      expected: 'the id of a workspace',
      usedBy: served,
    },
    tokenMinutes: {
      name: 'HARMONY_TOKEN_MINUTES',
      description: 'How long a token lives that Harmony itself issues.',
      ...wholeNumber(1, 1440, 60),
      usedBy: served,
    },
  },
} as const satisfies Group;

export const limits = {
  title: 'Limits of the API',
  introduction: 'What one caller may ask for. Every refusal is a typed error that names the limit.',
  variables: {
    requestsPerMinute: {
      name: 'RATE_LIMIT_PER_MINUTE',
      description: 'Requests of one API key or user in a minute.',
      ...wholeNumber(1, 1_000_000, 100),
      usedBy: served,
    },
    graphqlDepth: {
      name: 'GRAPHQL_MAX_DEPTH',
      description: 'Levels of nested fields in a query.',
      ...wholeNumber(1, 100, 6),
      usedBy: served,
    },
    graphqlAliases: {
      name: 'GRAPHQL_MAX_ALIASES',
      description: 'Aliased fields in a document.',
      ...wholeNumber(0, 1000, 15),
      usedBy: served,
    },
    graphqlTokens: {
      name: 'GRAPHQL_MAX_TOKENS',
      description: 'Tokens in a document.',
      ...wholeNumber(10, 100_000, 1000),
      usedBy: served,
    },
    graphqlCost: {
      name: 'GRAPHQL_MAX_COST',
      description: 'Points of a query: one a field, times the rows that it asks for.',
      ...wholeNumber(10, 1_000_000, 5000),
      usedBy: served,
    },
  },
} as const satisfies Group;

export const work = {
  title: 'Work in the background',
  introduction: 'How much a process does at the same time.',
  variables: {
    consumerLanes: {
      name: 'CONSUMER_LANES',
      description: 'Events that one consumer handles at once; those of one stream stay in order.',
      ...wholeNumber(1, 256, 16),
      usedBy: ['all', 'worker'],
    },
    jobConcurrency: {
      name: 'JOB_CONCURRENCY',
      description:
        'Jobs that one service runs at once; live work, re-runs and, where there are long jobs too, short ones have one place each beside those.',
      ...wholeNumber(1, 256, 4),
      usedBy: ['all', 'worker'],
    },
    reportMemoryMegabytes: {
      name: 'REPORT_MEMORY_MB',
      description: 'Memory for the columns that reports are counted from; what was asked for last stays in it.',
      ...wholeNumber(16, 65_536, 256),
      usedBy: served,
    },
    exportHours: {
      name: 'EXPORT_HOURS',
      description: 'How long the file of an export can be downloaded before it is deleted.',
      ...wholeNumber(1, 720, 24),
      usedBy: ['all', 'gateway', 'worker'],
    },
  },
} as const satisfies Group;
