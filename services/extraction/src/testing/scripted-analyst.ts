import { HarmonyError, noUsage, type AnalystOrigin } from '@harmony/contracts';
import type { Analyst, AnalystExtraction, AnalystAnswer, ExtractionRequest } from '@harmony/llm';

export const scriptedOrigin: AnalystOrigin = {
  ...{ engine: 'scripted', model: 'script', parameters: { temperature: 0 }, templateVersion: '1' },
};

/** Finds what a test says, and fails when it says so. Without a script: the first turn is all there is. */
export class ScriptedAnalyst implements Analyst {
  readonly requests: ExtractionRequest[] = [];
  /** Calls that cost something, counted by whoever scripts them. */
  paid = 0;
  /** Called before each answer; may throw, or wait. */
  before: (request: ExtractionRequest) => Promise<void> | void = () => undefined;
  script: (request: ExtractionRequest) => Partial<AnalystExtraction> = () => ({});

  originOf(): AnalystOrigin {
    return scriptedOrigin;
  }

  async extract(request: ExtractionRequest): Promise<AnalystExtraction> {
    this.requests.push(request);
    await this.before(request);
    const [first] = request.conversation.turns;
    const nothing = { keyPoints: [], actionItems: [], topics: [], questions: [], usage: noUsage };
    return { summary: first?.text ?? '', ...nothing, ...this.script(request) };
  }

  async answer(): Promise<AnalystAnswer> {
    throw new HarmonyError('INTERNAL', { detail: 'Nobody asks this analyst questions.' });
  }

  async close(): Promise<void> {}
}
