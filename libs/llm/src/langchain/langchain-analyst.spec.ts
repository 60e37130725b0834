import { describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { analystContract, type AnalystUnderTest } from '../contract-suite/index.js';
import {
  cassetteResponder,
  contractResponder,
  FakeTime,
  ModelServer,
  readPrompt,
  settingsFor,
  type ModelFault,
  type ModelRequest,
} from '../testing/index.js';
import { LangChainAnalyst } from './langchain-analyst.js';
import { Limits } from './limits/limits.js';
import type { LanguageModelSettings } from './settings.js';

/**
 * Replies to everything that the contract suite asks, recorded once and committed. After a change of a prompt, empty the
 * folder, and run this once with HARMONY_TEST_RECORD=true.
 */
const cassettes = fileURLToPath(new URL('../testing/cassettes', import.meta.url));
const isRecording = process.env['HARMONY_TEST_RECORD'] === 'true';
const recording: Partial<LanguageModelSettings> = isRecording ? { cassettes, cassetteMode: 'record' } : {};

/** With waits that are over at once. */
function analystOn(server: ModelServer, settings: Partial<LanguageModelSettings> = {}): AnalystUnderTest {
  const time = new FakeTime();
  const limits = new Limits({ maximumConcurrency: 8, requestsPerMinute: 0, tokensPerMinute: 0 }, time);
  const analyst = new LangChainAnalyst('openai:scripted', settingsFor(server.url, settings), { limits, time });
  return { analyst, close: () => server.stop() };
}

describe('the LangChain analyst', () => {
  analystContract(async () => analystOn(await ModelServer.start(contractResponder), recording));
});

describe('the LangChain analyst on a server that serves cassettes', () => {
  analystContract(async () => analystOn(await ModelServer.start(cassetteResponder(cassettes))));
});

describe('the LangChain analyst on a server that serves cassettes, and where every question goes wrong first', () => {
  const passing: readonly ModelFault[] = [
    { kind: 'status', status: 429, retryAfterSeconds: 7 },
    { kind: 'status', status: 500 },
    { kind: 'cut' },
    { kind: 'breaks-off' },
  ];
  const mended: readonly ModelFault[] = [
    { kind: 'content', content: 'I am sorry, but here is no JSON.' },
    { kind: 'content', content: '{"value": 42}' },
    { kind: 'invented-quote' },
  ];
  const faults = [...passing, ...mended];
  /** Each in turn; a question always meets the same one, so that it is answered alike whenever it is asked. */
  const met = new Map<string, ModelFault>();
  let last = '';
  function faultOf(_index: number, request: ModelRequest): ModelFault | undefined {
    if (readPrompt(request).isRepair) return undefined;
    const asked = JSON.stringify(request.messages);
    const fault = met.get(asked) ?? faults[met.size % faults.length];
    if (fault === undefined) return undefined;
    met.set(asked, fault);
    const isRetry = asked === last && passing.includes(fault);
    last = isRetry ? '' : asked;
    return isRetry ? undefined : fault;
  }

  analystContract(async () => {
    const played = cassetteResponder(cassettes);
    // What is mended depends on the fault, so nobody has recorded it.
    const server = await ModelServer.start((request) =>
      (readPrompt(request).isRepair ? contractResponder : played)(request),
    );
    server.faultOf = faultOf;
    return analystOn(server);
  });

  it('has met all of them', () => expect(new Set(met.values())).toEqual(new Set(faults)));
});
