import { answerWithEvidence, createLocalAnalyst, type AnalysedConversation } from '@harmony/llm';
import { atOnce, readStructured } from '@harmony/transcript';
import { HarmonyError } from '@harmony/contracts';
import { conversationsOf, type StructuredConversation, type Workload } from './workload.js';

const signal = new AbortController().signal;

/** Asks the analyst what the pipeline asks it, one after the other, and keeps nothing. @returns conversations a second. */
export async function plainLoop(workload: Workload, run: string): Promise<number> {
  const analyst = createLocalAnalyst();
  const start = performance.now();
  for (const { knowledge, questions, conversations } of workload.projects) {
    const background = { language: 'en', knowledge, handbook: '', context: '' };
    for (const one of conversations) {
      const conversation = analysed(one, run);
      await analyst.extract({ conversation, background, signal });
      for (const { question } of questions) {
        await answerWithEvidence(analyst, { conversation, background, question, signal }).catch(ignoreRefusal);
      }
    }
  }
  const seconds = (performance.now() - start) / 1_000;
  await analyst.close();
  return conversationsOf(workload) / seconds;
}

/** A question that cannot be answered takes its time too, and fails in the pipeline as well. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof HarmonyError)) throw error;
}

function analysed(
  { key, title, startedAt, participants, turns }: StructuredConversation,
  run: string,
): AnalysedConversation {
  const { speakers, turns: spoken } = atOnce(readStructured(JSON.stringify({ participants, turns })));
  return {
    ...{ key: `${run}/${key}`, title, startedAt: startedAt ?? null, turns: spoken },
    voices: speakers.map(({ code, name, role }) => ({ code, name, role: role ?? null })),
  };
}
