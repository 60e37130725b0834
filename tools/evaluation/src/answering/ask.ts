import { HarmonyError, noUsage, type Finding, type Usage } from '@harmony/contracts';
import { answerWithEvidence, usageOf, type AnalysedConversation, type Analyst } from '@harmony/llm';
import type { Definition, Project } from '../loading/project.js';

/** What came of asking a question once. */
export interface Reply {
  /** Null when the question could not be answered; `failure` says why. */
  readonly finding: Finding | null;
  readonly failure: { readonly code: string; readonly detail: string } | null;
  readonly usage: Usage;
  readonly durationMs: number;
}

/** Asks as the run of a conversation does, evidence checked. A failure is a reply; it stops nothing. */
export async function ask(
  analyst: Analyst,
  { language, knowledge }: Project,
  { question }: Definition,
  conversation: AnalysedConversation,
  signal: AbortSignal,
): Promise<Reply> {
  const background = { language, knowledge, handbook: '', context: '' };
  const startedAt = performance.now();
  const took = (): number => performance.now() - startedAt;
  try {
    const { finding, usage } = await answerWithEvidence(analyst, { conversation, background, question, signal });
    return { finding, failure: null, usage, durationMs: took() };
  } catch (error) {
    signal.throwIfAborted();
    const code = error instanceof HarmonyError ? error.code : 'BUG';
    const failure = { code, detail: error instanceof Error ? error.message : String(error) };
    return {
      finding: null,
      failure,
      usage: error instanceof HarmonyError ? usageOf(error) : noUsage,
      durationMs: took(),
    };
  }
}
