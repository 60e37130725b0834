import { ModelServer, readPrompt, type ModelRequest } from '@harmony/llm/testing';

const nothing = { summary: '', keyPoints: [], actionItems: [], topics: [], questions: [] };

/** What the stand-in answers. */
export const saysYes = (conversation: number, definition: number, wording: number): boolean =>
  (conversation + definition + wording) % 2 === 0;

/** What the conversation of this number says; rounds are told apart by their number. */
export const textOf = (round: number, conversation: number): string =>
  `Ann: This is round ${round}, conversation ${conversation} about the offer.\nBob: Good, then we go on as agreed.`;

/** What a definition asks in one of its wordings. */
export const questionOf = (definition: number, wording: number): { readonly yesNo: { readonly question: string } } => ({
  yesNo: { question: `Is point ${definition} of the offer settled, put in way ${wording}?` },
});

/** Stands in for a language model: knows the conversations and questions above, fails and waits when it is told to. */
export class ModelStandIn {
  /** Definitions that are answered with nonsense. */
  failing: ReadonlySet<number> = new Set();
  /** Questions that were answered well, as `round/conversation/definition/wording`. */
  readonly answered: string[] = [];
  #held: { readonly over: Promise<void>; isAbandoned: boolean; letGo(): void } | undefined;

  private constructor(private readonly server: ModelServer) {}

  static async start(): Promise<ModelStandIn> {
    let answer: (request: ModelRequest) => unknown = () => nothing;
    const standIn = new ModelStandIn(await ModelServer.start((request) => answer(request)));
    answer = (request) => standIn.#answer(request);
    return standIn;
  }

  /** Settings of a Harmony that is to ask it. */
  get environment(): Record<string, string> {
    return { LLM_MODEL: 'openai:tested', LLM_BASE_URL: this.server.url, LLM_API_KEY: 'key' };
  }

  /** Requests so far, of whatever kind. */
  get requests(): number {
    return this.server.count;
  }

  get inFlight(): number {
    return this.server.inFlight;
  }

  /** From now on nothing is answered until it is let go. */
  hold(): void {
    let letGo: () => void = () => undefined;
    this.#held = { over: new Promise<void>((resolve) => (letGo = resolve)), isAbandoned: false, letGo: () => letGo() };
  }

  letGo(): void {
    this.#held?.letGo();
    this.#held = undefined;
  }

  /** What is held will reach nobody: whoever asked is gone. */
  abandon(): void {
    if (this.#held) this.#held.isAbandoned = true;
    this.letGo();
  }

  stop(): Promise<void> {
    this.letGo();
    return this.server.stop();
  }

  async #answer(request: ModelRequest): Promise<unknown> {
    const { kind, question, conversation } = readPrompt(request);
    if (kind !== 'QUESTION' || question?.type !== 'YES_NO') return kind === 'NOTES' ? { notes: [] } : nothing;
    const held = this.#held;
    await held?.over;
    if (held?.isAbandoned) return nothing;
    const [{ text: quote } = { text: '' }] = conversation.turns;
    const [definition, wording] = twoNumbersIn(question.question);
    if (this.failing.has(definition)) return '{"this is": "no answer"}';
    const [round, number] = twoNumbersIn(quote);
    this.answered.push([round, number, definition, wording].join('/'));
    return {
      evidence: [{ turn: 0, quote, part: null }],
      ...{ rationale: 'They say so.', outcome: 'ANSWERED', confidence: 1 },
      value: { answer: saysYes(number, definition, wording) ? 'YES' : 'NO' },
    };
  }
}

function twoNumbersIn(text: string): [first: number, second: number] {
  const [first, second] = [...text.matchAll(/\d+/g)].map(([digits]) => Number(digits));
  return [first ?? NaN, second ?? NaN];
}
