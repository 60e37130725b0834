import { answer } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { answerWithEvidence } from '../../answer-with-evidence.js';
import { call, english } from '../../contract-suite/conversations.js';
import { everyQuestion } from '../../contract-suite/questions.js';
import { contractResponder, ModelServer, settingsFor } from '../../testing/index.js';
import { LangChainAnalyst } from '../langchain-analyst.js';

/**
 * Replies to every type of question, recorded once and committed: a change of any prompt, schema or setting is a miss here.
 * If that is what you want, give the prompt a new version, empty the folder, and run this once with
 * HARMONY_TEST_RECORD=true.
 */
const cassettes = fileURLToPath(new URL('../../testing/cassettes', import.meta.url));
const isRecording = process.env['HARMONY_TEST_RECORD'] === 'true';
const signal = new AbortController().signal;
const request = { conversation: call, background: english, signal };

async function analyst(work: (analyst: LangChainAnalyst) => Promise<void>): Promise<void> {
  const server = isRecording ? await ModelServer.start(contractResponder) : undefined;
  const cassetteMode = isRecording ? 'record' : 'replay';
  const settings = settingsFor(server?.url, { cassettes, cassetteMode, apiKey: undefined });
  await work(new LangChainAnalyst('openai:scripted', settings)).finally(() => server?.stop());
}

describe('the committed cassettes', () => {
  it.each(everyQuestion.map((question) => [question.type, question] as const))(
    'hold an answer to %s that is still understood, without a server or a key',
    (type, question) =>
      analyst(async (played) => {
        const { finding, usage } = await answerWithEvidence(played, { ...request, question });
        expect(finding).toMatchObject({ outcome: 'ANSWERED', answer: { type } });
        expect(finding.outcome === 'ANSWERED' && answer.parse(finding.answer)).toBeTruthy();
        if (!isRecording) expect(usage).toMatchObject({ calls: 0, costMicros: 0 });
      }),
  );

  it('hold an extraction', () =>
    analyst(async (played) => {
      await expect(played.extract(request)).resolves.toMatchObject({ topics: ['invoices', 'pilot'] });
    }));
});
