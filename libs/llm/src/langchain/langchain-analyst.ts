import { noUsage, type AnalystOrigin, type InsightType, type Usage } from '@harmony/contracts';
import type { z } from 'zod';
import type {
  AnalysedConversation,
  Analyst,
  AnalystAnswer,
  AnalystExtraction,
  ExtractionRequest,
  QuestionRequest,
} from '../port.js';
import type { Ask, ModelCall, ModelReply } from './model/ask.js';
import { askTwice, type Inspected } from './model/ask-twice.js';
import { replyRoom } from './model/connection.js';
import { journaled } from './model/journaled.js';
import { Meter } from './model/meter.js';
import { ownSignal } from './model/own-signal.js';
import { openModel, type OpenModel } from './open-model.js';
import { compose } from './prompts/compose.js';
import { templateVersionOf } from './prompts/prompts.js';
import { extractionTask, taskOf, templateOf, type Task } from './prompts/task.js';
import { readWithin, type Reading } from './reading/read-within.js';
import { tokensOf } from './reading/tokens.js';
import { extractionOf, extractionReplySchema } from './replies/extraction-reply.js';
import { otherLanguageOf, writtenIn } from './replies/language.js';
import { questionReplySchema, readQuestionReply, type QuestionReply } from './replies/question-reply.js';
import { readJson } from './replies/read-json.js';
import type { LangChainOptions, LanguageModelSettings } from './settings.js';

/** Answers by a chat model of OpenAI, Anthropic or Ollama, or of any server that is compatible with OpenAI's. */
export class LangChainAnalyst implements Analyst {
  private readonly model: OpenModel;

  /** @throws HarmonyError ANALYST_NOT_CONFIGURED for a model that no provider is known for */
  constructor(
    private readonly name: string,
    private readonly settings: LanguageModelSettings,
    options: LangChainOptions = {},
  ) {
    this.model = openModel(name, settings, options);
  }

  originOf(type: InsightType | 'EXTRACTION'): AnalystOrigin {
    const { temperature, contextTokens } = this.model.connection;
    return {
      engine: 'langchain',
      model: this.name,
      parameters: { temperature, contextTokens },
      templateVersion: templateVersionOf(type),
    };
  }

  async answer(request: QuestionRequest): Promise<AnalystAnswer> {
    const { question, conversation, background } = request;
    if (isEmpty(conversation)) return nothingSaid;
    const inspect = async ({ content }: ModelReply): Promise<Inspected<QuestionReply>> => {
      const read = readQuestionReply(content, question, conversation);
      if ('problem' in read) return { problem: read.problem, code: 'ANSWER_INVALID' };
      const { rationale, answer } = read.value;
      return inLanguage([rationale, ...writtenIn(answer)], background.language, read.value);
    };
    const schema = questionReplySchema(question);
    const { value, searched, usage } = await this.work(request, taskOf(request), schema, inspect);
    const { answer, ...reasons } = value;
    return answer === null
      ? { outcome: 'NOT_DISCUSSED', ...reasons, searched, usage }
      : { outcome: 'ANSWERED', answer, ...reasons, searched, usage };
  }

  async extract(request: ExtractionRequest): Promise<AnalystExtraction> {
    const { conversation, background } = request;
    if (isEmpty(conversation)) return nothingToExtract;
    const inspect = async ({ content }: ModelReply): Promise<Inspected<Omit<AnalystExtraction, 'usage'>>> => {
      const read = readJson(content, extractionReplySchema);
      if ('problem' in read) return { problem: read.problem, code: 'ANSWER_INVALID' };
      const written = [read.value.summary, ...read.value.keyPoints.map(({ text }) => text)];
      return inLanguage(written, background.language, extractionOf(read.value, conversation));
    };
    const { value, usage } = await this.work(request, extractionTask, extractionReplySchema, inspect);
    return { ...value, usage };
  }

  async close(): Promise<void> {
    // Every call opens and closes what it needs.
  }

  /** Reads what fits, asks, and says what it took, also where it fails. */
  private async work<Value>(
    { conversation, background, signal: given, journal, priority = 'live' }: ExtractionRequest,
    task: Task,
    schema: z.ZodType,
    inspect: (reply: ModelReply) => Promise<Inspected<Value>>,
  ): Promise<{ readonly value: Value; readonly searched: Reading['searched']; readonly usage: Usage }> {
    const { ask: askModel, keyOf } = this.model;
    const signal = ownSignal(given);
    const meter = new Meter({ input: this.settings.inputPrice, output: this.settings.outputPrice });
    const askInTurn: Ask = (call, until) => askModel({ ...call, priority }, until);
    const ask = meter.over(journal === undefined ? askInTurn : journaled(askInTurn, journal, keyOf));
    const composed = (passages: Reading['passages'], text: string): ModelCall =>
      compose({ template: templateOf(task), excerpt: { conversation, passages }, background, task: text, schema });
    try {
      const budget = budgetOf(this.settings.contextTokens, composed([], task.text));
      const request = { ask, conversation, background, task: task.text, budget, signal };
      const { passages, searched, task: text } = await readWithin(request, task.queries);
      const value = await askTwice(ask, composed(passages, text), inspect, signal);
      return { value, searched, usage: meter.usage() };
    } catch (error) {
      throw meter.failure(error);
    }
  }
}

/** What is left for a conversation next to everything else that a call holds; never less than a quarter. */
function budgetOf(contextTokens: number, { messages, schema }: ModelCall): number {
  const sent = [...messages.map(({ content }) => content), JSON.stringify(schema.body)];
  const taken = sent.reduce((sum, text) => sum + tokensOf(text), replyRoom(contextTokens) + margin);
  return Math.max(contextTokens / 4, contextTokens - taken);
}

/** For a hint on how to read what is sent. */
const margin = 200;

async function inLanguage<Value>(texts: readonly string[], wanted: string, value: Value): Promise<Inspected<Value>> {
  const other = await otherLanguageOf(texts, wanted);
  if (other === undefined) return { value };
  return { problem: `It is written in "${other}". Write in "${wanted}".`, code: 'ANSWER_LANGUAGE' };
}

const isEmpty = ({ turns }: AnalysedConversation): boolean => !turns.some(({ text }) => /[\p{L}\p{N}]/u.test(text));

const nothingSaid: AnalystAnswer = {
  outcome: 'NOT_DISCUSSED',
  rationale: 'The conversation holds no words.',
  confidence: 1,
  evidence: [],
  searched: [],
  usage: noUsage,
};

const nothingToExtract: AnalystExtraction = {
  summary: '',
  keyPoints: [],
  actionItems: [],
  topics: [],
  questions: [],
  usage: noUsage,
};
