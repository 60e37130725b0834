import type { QuestionOf } from '@harmony/contracts';
import type { Background } from '../../port.js';
import type { SpokenSentence } from '../language/conversation.js';
import type { Reading } from '../language/reading.js';
import { decideText } from './decide.js';
import type { Milestone, Progress } from './deal-progress.js';

type Stage = QuestionOf<'FUNNEL'>['stages'][number];

interface Reached {
  readonly stage: Stage;
  readonly confidence: number;
  readonly sentences: readonly SpokenSentence[];
}

/** Words of a stage that tell which milestone it means; the first that fit count. */
const meanings: readonly (readonly [Milestone, RegExp])[] = [
  [
    'LOST',
    /\b(?:lost|rejected|refused|declined|closed lost|disqualified|dead|no interest|cancelled|dropped out|withdrawn)\b/iu,
  ],
  [
    'PAPERWORK',
    /\b(?:signature|signed|signing|paperwork|paid|deposit|contract (?:is|was|out|sent)|purchase order|onboard\w*|enrolled|completed|closed won|handover)\b/iu,
  ],
  [
    'COMMITMENT',
    /\b(?:commit\w*|said yes|says yes|verbal\w*|accept\w*|agrees? to (?:buy|take|sign|renew|book|the)|agreed to (?:buy|take|sign|renew|book|the)|won|decided|confirmed|will (?:buy|renew|sign|take)|closed|order(?:ed)?)\b/iu,
  ],
  [
    'NEGOTIATION',
    /\b(?:negotiat\w*|terms of their own|haggl\w*|counter\w*|bargain\w*|discount|objections? on price|price or (?:contract )?terms|conditions)\b/iu,
  ],
  ['TRIAL', /\b(?:pilot|trial|proof of concept|poc|test\w*|evaluat\w*|sample|taster)\b/iu],
  ['OFFER', /\b(?:offer\w*|proposal|quot\w+|price\w*|estimate\w*|bid|tender)\b/iu],
  [
    'BOOKED',
    /\b(?:booked|appointment|scheduled|arranged|meeting (?:is )?(?:set|fixed|agreed)|visit (?:is )?(?:agreed|fixed|planned)|follow-?up|viewing|survey|inspection|site visit)\b/iu,
  ],
  [
    'SHOWN',
    /\b(?:demo\w*|shown|showed|presented|presentation|walk\w*|tour|viewed|toured|explained|value|reviewed|gone through)\b/iu,
  ],
  [
    'NEEDS',
    /\b(?:need\w*|discover\w*|problem\w*|situation|explor\w*|requirement\w*|qualif\w*|understood|pain\w*|diagnos\w*|analy\w*|assess\w*|goals?|brief)\b/iu,
  ],
  ['CONTACT', /\b(?:contact\w*|enquir\w*|inquir\w*|lead|intro\w*|first|opened|raised|mentioned|initial|cold|new)\b/iu],
];

/** What a stage says that is so, without what it says that is not yet so. */
function positivePart({ name, description }: Stage): string {
  const clauses = description.split(/[,;.]|\bbut\b|\band\b(?= (?:no|not|has not|have not|nothing)\b)/iu);
  const positive = clauses.filter(
    (clause) => !/\b(?:no|not|nothing|neither|nor|without|never|yet to)\b/iu.test(clause),
  );
  return `${name}. ${positive.join(', ')}`;
}

const milestoneOf = (stage: Stage): Milestone | undefined => {
  const own = meanings.find(([, pattern]) => pattern.test(stage.name))?.[0];
  return own ?? meanings.find(([, pattern]) => pattern.test(positivePart(stage)))?.[0];
};

/** Sentences that show that a stage was reached; none where nothing does. */
function shownBy(
  reading: Reading,
  stage: Stage,
  earlier: readonly (Milestone | undefined)[],
  { progress, background }: { readonly progress: Progress; readonly background: Background },
): readonly SpokenSentence[] {
  const milestone = milestoneOf(stage);
  const shown = milestone === undefined ? undefined : (progress.get(milestone) ?? []);
  const isTold = shown !== undefined && !earlier.includes(milestone);
  if (isTold || shown?.length === 0) return shown;
  return decideText(reading, positivePart(stage), background).sentences;
}

/** Where the customer wants no more, the way ends soon: only what lies before any offer counts, or a stage for it. */
const early: ReadonlySet<Milestone | undefined> = new Set<Milestone>(['CONTACT', 'NEEDS', 'LOST']);

/** The furthest stage that something shows; the first where nothing shows any. */
export function reachedStage(
  reading: Reading,
  stages: readonly Stage[],
  progress: Progress,
  background: Background,
): Reached {
  const meant = stages.map(milestoneOf);
  const isLost = (progress.get('LOST') ?? []).length > 0 && (progress.get('COMMITMENT') ?? []).length === 0;
  const shown = stages.map((stage, at) => ({
    stage,
    sentences:
      isLost && !early.has(meant[at]) ? [] : shownBy(reading, stage, meant.slice(0, at), { progress, background }),
  }));
  const last = shown.findLast(({ sentences }) => sentences.length > 0) ?? shown[0];
  if (last === undefined) throw new RangeError('A funnel has stages.');
  return { ...last, confidence: last.sentences.length > 1 ? 0.6 : 0.45 };
}
