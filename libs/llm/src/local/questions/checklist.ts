import type { AnswerOf } from '@harmony/contracts';
import type { ProposedEvidence } from '../../port.js';
import type { LocalAnswer, LocalRequest, LocalResponder } from '../registry.js';
import { createPace } from '../language/conversation.js';
import { quote } from '../language/reading.js';
import { decideText, thresholds, type Verdict } from './decide.js';

type Item = AnswerOf<'CHECKLIST'>['items'][number];

function itemOf(key: string, { isMet, isDiscussed, sentences }: Verdict): Item {
  if (isMet) return { key, outcome: 'MET', rationale: `Shown by: ${sentences[0]?.text ?? ''}` };
  return isDiscussed
    ? { key, outcome: 'NOT_MET', rationale: 'It was spoken of, and nothing shows that it was done.' }
    : { key, outcome: 'NOT_DISCUSSED', rationale: 'Nobody spoke of it.' };
}

async function answer({ question, background, reading }: LocalRequest<'CHECKLIST'>): Promise<LocalAnswer> {
  const evidence: ProposedEvidence[] = [];
  const pace = createPace();
  const verdicts: { readonly key: string; readonly verdict: Verdict }[] = [];
  for (const { key, text } of question.items) {
    await pace();
    verdicts.push({ key, verdict: decideText(reading, text, background, thresholds.item) });
  }
  for (const { key, verdict } of verdicts) {
    if (verdict.isMet) evidence.push(...verdict.sentences.map((sentence) => quote(reading, sentence, key)));
  }
  const met = verdicts.filter(({ verdict }) => verdict.isMet).length;
  const confidence = verdicts.reduce((sum, { verdict }) => sum + verdict.confidence, 0) / verdicts.length;
  return {
    answer: { type: 'CHECKLIST', items: verdicts.map(({ key, verdict }) => itemOf(key, verdict)) },
    rationale: `${met} of ${verdicts.length} items are shown by the conversation.`,
    confidence,
    evidence,
  };
}

/** Each item on its own: shown, spoken of without being shown, or not spoken of. */
export const checklist: LocalResponder<'CHECKLIST'> = { type: 'CHECKLIST', version: '1', answer };
