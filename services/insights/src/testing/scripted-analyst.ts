import type { Answer, AnalystOrigin, InsightType, Question, Usage } from '@harmony/contracts';
import type { Analyst, AnalystAnswer, AnalystExtraction, QuestionRequest } from '@harmony/llm';
import { eventually } from '@harmony/testing';

export const usageOfOneCall: Usage = { calls: 1, inputTokens: 100, outputTokens: 10, costMicros: 5 };

type Script = (request: QuestionRequest, asked: number) => AnalystAnswer | Promise<AnalystAnswer>;

/** An analyst that counts what it is asked, and answers as a test says; by default with the first words of the first turn. */
export class ScriptedAnalyst implements Analyst {
  readonly asked: QuestionRequest[] = [];
  script: Script = (request) => answeredBy(request, answerTo(request.question));

  constructor(public engine = 'scripted') {}

  originOf(type: InsightType | 'EXTRACTION'): AnalystOrigin {
    return { engine: this.engine, model: 'script', parameters: {}, templateVersion: `${type}-1` };
  }

  async answer(request: QuestionRequest): Promise<AnalystAnswer> {
    this.asked.push(request);
    return this.script(request, this.asked.length);
  }

  async extract(): Promise<AnalystExtraction> {
    throw new Error('Nobody asks this one.');
  }

  async close(): Promise<void> {}
}

/** What a question takes at least that is thought about. */
export const thinkingMs = 5;

export async function think(): Promise<void> {
  const since = performance.now();
  await eventually(
    () => {
      if (performance.now() - since <= thinkingMs) throw new Error('still thinking');
    },
    { everyMs: 1 },
  );
}

/** An answer with the first word of the conversation as its evidence. */
export function answeredBy({ conversation }: QuestionRequest, answer: Answer, usage = usageOfOneCall): AnalystAnswer {
  const [first] = conversation.turns;
  const quote = first?.text.split(' ')[0] ?? '';
  const evidence = first ? [{ turn: first.index, quote, part: null }] : [];
  return { outcome: 'ANSWERED', answer, rationale: 'It was said.', confidence: 0.9, evidence, searched: [], usage };
}

/** Any answer that fits. */
export function answerTo(question: Question): Answer {
  switch (question.type) {
    case 'YES_NO':
      return { type: 'YES_NO', answer: 'YES' };
    case 'GROUP':
      return { type: 'GROUP', bucket: question.buckets[0]?.key ?? '' };
    case 'SCALE':
      return { type: 'SCALE', value: question.max };
    case 'OPEN_QUESTION':
      return { type: 'OPEN_QUESTION', answer: 'The first word.' };
    default:
      throw new Error(`No script for ${question.type}.`);
  }
}
