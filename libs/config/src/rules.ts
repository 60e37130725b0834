import type { FieldError } from '@harmony/contracts';
import type { Configuration } from './configuration.js';
import type { TargetKind } from './variable.js';

/** What must be true of several variables together. */
export type Rule = (configuration: Configuration, kind: TargetKind) => readonly FieldError[];

const missing = (name: string, why: string): FieldError => ({ pointer: `/${name}`, detail: `Set ${name}: ${why}.` });

/** The embedded PostgreSQL belongs to one process; processes that share data need a server of their own. */
const sharedDatabase: Rule = ({ database, process }, kind) =>
  kind === 'all' || database.url !== undefined
    ? []
    : [missing('DATABASE_URL', `the target ${process.target} shares its database with other processes`)];

const brokersForRelay: Rule = ({ kafka }, kind) =>
  kind !== 'relay' || kafka.brokers.length > 0
    ? []
    : [missing('KAFKA_BROKERS', 'the relay has nowhere to send events to')];

const keysForObjectStore: Rule = ({ objectStore: { endpoint, accessKey, secretKey } }) => {
  if (endpoint === undefined) return [];
  const why = 'S3_ENDPOINT is set';
  return [
    ...(accessKey === undefined ? [missing('S3_ACCESS_KEY', why)] : []),
    ...(secretKey === undefined ? [missing('S3_SECRET_KEY', why)] : []),
  ];
};

const audienceForIssuer: Rule = ({ signIn: { issuer, audience, jwksUrl } }) => [
  ...(issuer !== undefined && audience === undefined ? [missing('OIDC_AUDIENCE', 'OIDC_ISSUER is set')] : []),
  ...(issuer === undefined && (audience ?? jwksUrl) !== undefined
    ? [missing('OIDC_ISSUER', 'OIDC_AUDIENCE or OIDC_JWKS_URL is set')]
    : []),
];

const credentialsForBrokers: Rule = ({ kafka: { saslMechanism, username, password } }) => {
  if (saslMechanism === 'none') return [];
  const why = `KAFKA_SASL_MECHANISM is ${saslMechanism}`;
  return [
    ...(username === undefined ? [missing('KAFKA_USERNAME', why)] : []),
    ...(password === undefined ? [missing('KAFKA_PASSWORD', why)] : []),
  ];
};

const serverForSpeechKey: Rule = ({ speech: { url, apiKey } }) =>
  url === undefined && apiKey !== undefined ? [missing('SPEECH_URL', 'SPEECH_API_KEY is set')] : [];

const modelForLanguageModelSettings: Rule = ({ llm: { model, baseUrl, apiKey } }) =>
  model !== undefined
    ? []
    : [
        ...(baseUrl === undefined ? [] : [missing('LLM_MODEL', 'LLM_BASE_URL is set')]),
        ...(apiKey === undefined ? [] : [missing('LLM_MODEL', 'LLM_API_KEY is set')]),
      ];

/** Providers want a key; servers of one's own need none, and recorded replies neither. */
const keyForModel: Rule = ({ llm: { model, baseUrl, apiKey, openAiApiKey, anthropicApiKey, cassetteMode } }) => {
  const needsNone = baseUrl !== undefined || apiKey !== undefined || cassetteMode === 'replay';
  if (model === undefined || needsNone) return [];
  const why = `LLM_MODEL is ${model}, and LLM_API_KEY is absent`;
  if (model.startsWith('openai:') && openAiApiKey === undefined) return [missing('OPENAI_API_KEY', why)];
  if (model.startsWith('anthropic:') && anthropicApiKey === undefined) return [missing('ANTHROPIC_API_KEY', why)];
  return [];
};

const folderForCassettes: Rule = ({ llm: { cassettes, cassetteMode } }) =>
  cassetteMode !== 'off' && cassettes === undefined
    ? [missing('LLM_CASSETTES', `LLM_CASSETTE_MODE is ${cassetteMode}`)]
    : [];

export const rules: readonly Rule[] = [
  sharedDatabase,
  brokersForRelay,
  keysForObjectStore,
  audienceForIssuer,
  credentialsForBrokers,
  serverForSpeechKey,
  modelForLanguageModelSettings,
  keyForModel,
  folderForCassettes,
];
