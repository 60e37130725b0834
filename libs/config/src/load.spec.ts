import { HarmonyError } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { groups } from './groups/index.js';
import { loadConfiguration, unknownVariables, type Environment, type LoadOptions } from './load.js';
import type { Group } from './variable.js';

const variables = Object.values<Group>(groups).flatMap((group) => Object.values(group.variables));

function problemsOf(environment: Environment, options?: LoadOptions): readonly string[] {
  try {
    loadConfiguration(environment, options);
    return [];
  } catch (error) {
    if (!(error instanceof HarmonyError) || error.code !== 'INVALID_CONFIGURATION') throw error;
    return error.errors.map(({ pointer }) => pointer.slice(1));
  }
}

describe('the configuration', () => {
  it('needs no variable to run everything in one process', () => {
    const configuration = loadConfiguration({});
    expect(configuration.process).toMatchObject({ target: 'all', dataDirectory: '.harmony' });
    expect(configuration.http).toMatchObject({ host: '127.0.0.1', port: 3000 });
    expect(configuration.database.url).toBeUndefined();
    expect(configuration.kafka.brokers).toEqual([]);
    expect(configuration.limits.requestsPerMinute).toBe(100);
  });

  it('takes an empty variable for an absent one', () => {
    expect(loadConfiguration({ HARMONY_PORT: '', DATABASE_URL: '' })).toEqual(loadConfiguration({}));
  });

  it('lets the command line win over the environment, and the given target over HARMONY_TARGET', () => {
    const configuration = loadConfiguration(
      { HARMONY_PORT: '1', HARMONY_DATA_DIR: 'a', HARMONY_TARGET: 'gateway' },
      { target: 'all', overrides: { HARMONY_PORT: '2', HARMONY_DATA_DIR: undefined } },
    );
    expect(configuration.http.port).toBe(2);
    expect(configuration.process).toMatchObject({ target: 'all', dataDirectory: 'a' });
  });

  it('names every wrong variable at once, and what to set', () => {
    const environment = { HARMONY_PORT: 'many', LOG_LEVEL: 'loud', KAFKA_BROKERS: 'a:9092,b', JOB_CONCURRENCY: '0' };
    expect(problemsOf(environment).toSorted()).toEqual(Object.keys(environment).toSorted());
    expect(() => loadConfiguration(environment)).toThrow(
      'Set HARMONY_PORT to a whole number from 0 to 65535 (it is "many").',
    );
  });

  it('never shows a secret, not even a wrong one', () => {
    expect(() => loadConfiguration({ DATABASE_URL: 'mysql://u:hunter2@host' })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('hunter2') }),
    );
    expect(problemsOf({ DATABASE_URL: 'mysql://u:hunter2@host' })).toEqual(['DATABASE_URL']);
  });

  it('does not stop a worker over a setting that only the gateway reads', () => {
    const environment = { DATABASE_URL: 'postgres://u:p@host/db', RATE_LIMIT_PER_MINUTE: 'fast' };
    expect(problemsOf(environment, { target: 'ingestion' })).toEqual([]);
    expect(problemsOf(environment, { target: 'gateway' })).toEqual(['RATE_LIMIT_PER_MINUTE']);
  });

  it('refuses the embedded database to processes that must share one', () => {
    for (const target of ['gateway', 'ingestion']) expect(problemsOf({}, { target })).toEqual(['DATABASE_URL']);
    expect(problemsOf({}, { target: 'relay' })).toEqual(['DATABASE_URL', 'KAFKA_BROKERS']);
  });

  it('asks for what belongs to a chosen backend', () => {
    expect(problemsOf({ S3_ENDPOINT: 'http://minio:9000' })).toEqual(['S3_ACCESS_KEY', 'S3_SECRET_KEY']);
    expect(problemsOf({ OIDC_ISSUER: 'https://login.example.com' })).toEqual(['OIDC_AUDIENCE']);
    expect(problemsOf({ OIDC_AUDIENCE: 'harmony' })).toEqual(['OIDC_ISSUER']);
    expect(problemsOf({ KAFKA_SASL_MECHANISM: 'plain' })).toEqual(['KAFKA_USERNAME', 'KAFKA_PASSWORD']);
    expect(problemsOf({ SPEECH_API_KEY: 'secret' })).toEqual(['SPEECH_URL']);
  });

  it.each<[Environment, readonly string[]]>([
    [{ LLM_MODEL: 'gpt-4o-mini' }, ['LLM_MODEL']],
    [{ LLM_MODEL: 'openai:gpt-4o-mini' }, ['OPENAI_API_KEY']],
    [{ LLM_MODEL: 'anthropic:claude-haiku-4-5' }, ['ANTHROPIC_API_KEY']],
    [{ LLM_MODEL: 'openai:gpt-4o-mini', OPENAI_API_KEY: 'k' }, []],
    [{ LLM_MODEL: 'ollama:llama3.1:8b', LLM_TEMPERATURE: '0.5', LLM_INPUT_PRICE: '0.15' }, []],
    [{ LLM_MODEL: 'openai:mine', LLM_BASE_URL: 'http://127.0.0.1:1234/v1' }, []],
    [{ LLM_BASE_URL: 'http://127.0.0.1:1234/v1', LLM_API_KEY: 'k' }, ['LLM_MODEL', 'LLM_MODEL']],
    [{ LLM_MODEL: 'openai:gpt-4o-mini', LLM_CASSETTE_MODE: 'replay' }, ['LLM_CASSETTES']],
    [{ LLM_MODEL: 'openai:gpt-4o-mini', LLM_CASSETTE_MODE: 'replay', LLM_CASSETTES: 'cassettes' }, []],
    [{ LLM_TEMPERATURE: 'warm' }, ['LLM_TEMPERATURE']],
  ])('asks for what a language model needs: %j', (environment, problems) =>
    expect(problemsOf(environment)).toEqual(problems),
  );

  it('takes connection strings with several hosts', () => {
    const url = 'esdb+discover://a:2113,b:2113,c:2113?tls=true';
    expect(loadConfiguration({ EVENTSTORE_URL: url }).eventStore.url).toBe(url);
  });

  it('either parses any text or names the variable, and never fails in another way', () => {
    fc.assert(
      fc.property(fc.constantFrom(...variables), fc.string(), ({ name }, text) => {
        expect(() => problemsOf({ [name]: text })).not.toThrow();
      }),
    );
  });

  it('tells of variables that look like ours and that nothing reads', () => {
    const environment = {
      HARMONY_PROT: '1',
      HARMONY_PORT: '1',
      HARMONY_GATEWAY_PORT_3000_TCP: 'tcp://…',
      PATH: '/bin',
    };
    expect(unknownVariables(environment)).toEqual(['HARMONY_PROT']);
  });
});
