import { isVerified, TranscriptText } from '@harmony/analysis';
import type { Evidence } from '@harmony/contracts';
import type { AnalysedConversation } from '@harmony/llm';
import type { Gold } from '../loading/gold-format.js';
import { share, type Observation } from './observation.js';
import type { Scored } from './score-answer.js';

/** Turns where a person saw the reason; the part is null where all evidence counts. */
interface Expected {
  readonly part: string | null;
  readonly turns: readonly number[];
}

/** Whether quotes are what the transcript says (`valid`), and where a person saw the reason too (`hit`). */
export function scoreEvidence(gold: Gold, conversation: AnalysedConversation, finding: Scored): Observation[] {
  const evidence = finding?.evidence ?? [];
  const text = new TranscriptText(conversation.turns);
  const expected = expectedOf(gold).filter(({ turns }) => turns.length > 0);
  const hits = expected.filter((one) => evidence.some((given) => isHit(given, one)));
  return [
    share('evidence.valid', evidence.filter((one) => isVerified(text, one)).length, evidence.length),
    share('evidence.hit', hits.length, expected.length),
  ];
}

const isHit = ({ part, turn }: Evidence, expected: Expected): boolean =>
  expected.turns.includes(turn) &&
  (part === null || expected.part === null || part.toLowerCase() === expected.part.toLowerCase());

function expectedOf({ type, expected }: Gold): Expected[] {
  switch (type) {
    case 'COMPETITORS':
      return expected.mentioned.map(({ name, turns }) => ({ part: name, turns }));
    case 'CHECKLIST':
      return Object.entries(expected.items).map(([part, { turns }]) => ({ part, turns }));
    case 'SUMMARY':
      return expected.actionItems.map(({ turns }) => ({ part: null, turns }));
    case 'SPIN_DISTRIBUTION':
      return [{ part: null, turns: Object.values(expected.questionTurns).flat() }];
    default:
      return 'turns' in expected ? [{ part: null, turns: expected.turns }] : [];
  }
}
