import { answer } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { answerWithEvidence } from '../../answer-with-evidence.js';
import { call, english } from '../../contract-suite/conversations.js';
import { everyQuestion } from '../../contract-suite/questions.js';
import { cassetteResponder, ModelServer, settingsFor } from '../../testing/index.js';
import { LangChainAnalyst } from '../langchain-analyst.js';

/** What `langchain-analyst.spec.ts` records: a change of any prompt, schema or setting is a miss here. */
const cassettes = fileURLToPath(new URL('../../testing/cassettes', import.meta.url));
const signal = new AbortController().signal;
const request = { conversation: call, background: english, signal };

describe('the committed cassettes', () => {
  const settings = settingsFor(undefined, { cassettes, cassetteMode: 'replay', apiKey: undefined });
  const played = new LangChainAnalyst('openai:scripted', settings);

  it.each(everyQuestion.map((question) => [question.type, question] as const))(
    'hold an answer to %s that is still understood, without a server or a key',
    async (type, question) => {
      const { finding, usage } = await answerWithEvidence(played, { ...request, question });
      expect(finding).toMatchObject({ outcome: 'ANSWERED', answer: { type } });
      expect(finding.outcome === 'ANSWERED' && answer.parse(finding.answer)).toBeTruthy();
      expect(usage).toMatchObject({ calls: 0, costMicros: 0 });
    },
  );

  it('hold an extraction', async () => {
    await expect(played.extract(request)).resolves.toMatchObject({ topics: ['invoices', 'pilot'] });
  });

  it('are missed visibly on a server that serves them', async () => {
    const server = await ModelServer.start(cassetteResponder(cassettes));
    const question = { type: 'YES_NO', question: 'Is the contract signed?' } as const;
    try {
      const asked = new LangChainAnalyst('openai:scripted', settingsFor(server.url)).answer({ ...request, question });
      await expect(asked).rejects.toMatchObject({
        code: 'ANALYST_REFUSED',
        message: expect.stringContaining('No reply is recorded'),
      });
    } finally {
      await server.stop();
    }
  });
});
