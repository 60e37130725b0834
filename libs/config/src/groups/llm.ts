import { z } from 'zod';
import { decimal, oneOf, optionalText, optionalUrl, wholeNumber, type Group } from '../variable.js';

const asking = ['all', 'gateway', 'worker'] as const;

export const llm = {
  title: 'Language model',
  introduction:
    'Who answers the questions of definitions. Absent: the local analyst, which is built in, needs no network and says so on every result.',
  variables: {
    model: {
      name: 'LLM_MODEL',
      description: 'The provider and its model, for instance `openai:gpt-4o-mini` or `ollama:llama3.1:8b`.',
      schema: z
        .string()
        .regex(/^(openai|anthropic|ollama):\S+$/)
        .optional(),
      expected: 'openai:, anthropic: or ollama:, followed by the name of a model',
      usedBy: asking,
    },
    localThreads: {
      name: 'LLM_LOCAL_THREADS',
      description:
        'Threads of the local analyst in one process, which read conversations side by side; 0 is one for each processor, at most 4.',
      ...wholeNumber(0, 64, 0),
      usedBy: asking,
    },
    baseUrl: {
      name: 'LLM_BASE_URL',
      description:
        'Where the provider is, up to and with its version; with `openai:` any server that is compatible with it. Nothing else is ever called. Absent: the provider itself; for `ollama:` this machine.',
      ...optionalUrl(/^https?$/, 'a URL such as https://models.example.com/v1'),
      usedBy: asking,
    },
    apiKey: {
      name: 'LLM_API_KEY',
      description: 'Key for the provider or for the server of LLM_BASE_URL.',
      ...optionalText('a key'),
      secret: true,
      usedBy: asking,
    },
    openAiApiKey: {
      name: 'OPENAI_API_KEY',
      description: 'Used with `openai:` where LLM_API_KEY and LLM_BASE_URL are absent.',
      ...optionalText('a key'),
      secret: true,
      usedBy: asking,
    },
    anthropicApiKey: {
      name: 'ANTHROPIC_API_KEY',
      description: 'Used with `anthropic:` where LLM_API_KEY and LLM_BASE_URL are absent.',
      ...optionalText('a key'),
      secret: true,
      usedBy: asking,
    },
    temperature: {
      name: 'LLM_TEMPERATURE',
      description: 'How much chance there is in answers; not sent to models that refuse it.',
      ...decimal(0, 2, 0),
      usedBy: asking,
    },
    maximumConcurrency: {
      name: 'LLM_MAX_CONCURRENCY',
      description: 'Questions that are with the model at the same time, by provider and key, in one process.',
      ...wholeNumber(1, 1_000, 8),
      usedBy: asking,
    },
    requestsPerMinute: {
      name: 'LLM_REQUESTS_PER_MINUTE',
      description: 'By provider and key, in one process; 0 is no limit.',
      ...wholeNumber(0, 1_000_000, 0),
      usedBy: asking,
    },
    tokensPerMinute: {
      name: 'LLM_TOKENS_PER_MINUTE',
      description: 'Of questions and answers together, by provider and key, in one process; 0 is no limit.',
      ...wholeNumber(0, 1_000_000_000, 0),
      usedBy: asking,
    },
    contextTokens: {
      name: 'LLM_CONTEXT_TOKENS',
      description:
        'What one question may take with everything that is sent along. Longer conversations are read in parts.',
      ...wholeNumber(4_000, 1_000_000, 32_000),
      usedBy: asking,
    },
    timeLimitSeconds: {
      name: 'LLM_TIME_LIMIT',
      description: 'Seconds of silence after which the model counts as not answering.',
      ...wholeNumber(1, 290, 60),
      usedBy: asking,
    },
    inputPrice: {
      name: 'LLM_INPUT_PRICE',
      description: 'US dollars for a million tokens that are sent.',
      ...decimal(0, 10_000, 0),
      usedBy: asking,
    },
    outputPrice: {
      name: 'LLM_OUTPUT_PRICE',
      description: 'US dollars for a million tokens that come back.',
      ...decimal(0, 10_000, 0),
      usedBy: asking,
    },
    cassettes: {
      name: 'LLM_CASSETTES',
      description: 'Folder of recorded replies.',
      ...optionalText('the path of a folder'),
      usedBy: asking,
    },
    cassetteMode: {
      name: 'LLM_CASSETTE_MODE',
      description:
        'What the folder is for: `record` asks the model and keeps each reply, `replay` never asks it and needs neither network nor key, `auto` asks it for what is not recorded.',
      ...oneOf(['off', 'record', 'replay', 'auto'], 'off'),
      usedBy: asking,
    },
  },
} as const satisfies Group;
