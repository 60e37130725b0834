import type { SpokenSentence } from '../language/conversation.js';
import { relationOf } from '../language/kinds.js';
import { matchesIn } from '../language/matches.js';

const name = '(\\p{Lu}[\\p{L}\\p{N}&-]*(?: (?:\\p{Lu}[\\p{L}\\p{N}&-]*))*)';
const after = (words: string): RegExp =>
  new RegExp(`\\b(?:${words}) (?:the (?:people|guys|lot|folks) (?:at|from|of) )?${name}`, 'gu');
const before = (words: string): RegExp =>
  new RegExp(`${name}(?:['’]s)? (?:has |have |had |also |already |just |even |only )*(?:${words})\\b`, 'gu');

/** Words around the name of somebody who sells the same: quotes, trials, comparisons, a change of supplier. */
const patterns: readonly RegExp[] = [
  after(
    '[Cc]ompar(?:ed|ing|e) (?:\\w+ ){0,2}(?:to|with|against)|[Vv]ersus|vs\\.?|[Aa]lternatives? (?:to|like|such as)',
  ),
  after(
    '(?:[Qq]uotes?|[Oo]ffers?|[Pp]roposals?|[Bb]ids?|[Pp]itch|[Dd]emos?|[Tt]rials?|[Pp]ilots?|[Pp]rices?|[Pp]ricing|[Ee]stimates?|[Pp]resentations?) (?:by|from|of|with)',
  ),
  after(
    '[Ss]witch(?:ed|ing)? (?:over |away )?(?:from|to)|[Mm]igrat(?:ed|ing|e) (?:away )?from|[Mm]ov(?:ed|ing|e) (?:away |over )?from|went with|going with|[Ss]ign(?:ed|ing)? with|contract with',
  ),
  after(
    '[Cc]ompetitors?(?:,)? (?:like|such as|is|are|called|named)|(?:[Oo]ur|[Tt]he) (?:current|present|existing|previous|old|last|incumbent) (?:provider|supplier|vendor|system|tool|software|platform|broker|insurer|caterer|installer|contractor|agency|partner)(?:,? (?:is|was|at))?,?',
  ),
  after(
    '(?:[Cc]heaper|[Bb]etter|[Ff]aster|[Dd]earer|[Ww]orse|[Bb]igger|[Ss]maller|[Ee]asier|more expensive|less expensive) than',
  ),
  after(
    '(?:[Ll]ook(?:ed|ing)? (?:also )?at|[Ee]valuat(?:ed|ing|e)|[Cc]onsider(?:ed|ing)?|[Tt]r(?:ied|ying) out|[Tt]est(?:ed|ing)|[Ss]hortlist(?:ed|ing)?|[Aa]lso (?:talking|speaking) (?:to|with)|[Uu]p against|[Bb]etween you and)',
  ),
  after(
    "(?:[Ww]e|[Tt]hey)(?:['’]re| are|['’]ve been| have been)? (?:currently |already |still |now |also )?(?:us(?:e|ed|ing)|with|on|working with)",
  ),
  before(
    'quoted|offered|came back with|pitched|undercut|charges?|is cheaper|are cheaper|is offering|are offering|are coming|is coming in|presents?|presented|gave us a (?:quote|price)|sent (?:us|me) (?:a|an|their) (?:quote|offer|proposal|price)',
  ),
  before('(?:demo|trial|quote|offer|proposal|pilot|contract|licen[cs]e|premium|price)'),
  before(
    '(?:made|makes|make|sent) (?:us|me) an? (?:offer|quote|price|proposal)|(?:is|was|are|were) (?:also )?(?:cheaper|dearer|on (?:our|the|my) (?:list|shortlist)|out of the running|our plan b|not (?:an option|for us))|(?:would|can|could) do it (?:for|in)|customers? for',
  ),
  before(
    '(?:is|are|was|were|has been|have been) (?:our|the|my) (?:current |present |previous |old |last )?(?:provider|supplier|vendor|broker|insurer|caterer|installer|contractor|agency)',
  ),
  after('[Pp]refers?|[Tt]ried|[Rr]eplac(?:e|es|ing|ed)|[Ss]aid (?:no|goodbye) to|[Kk]icked|[Tt]hrew'),
  after(
    '(?:[Cc]ontract|[Pp]olicy|[Pp]remium|[Cc]over|[Aa]ccount|[Ll]icen[cs]e|[Tt]est|[Tt]asting|[Tt]rial) (?:with|from|of)',
  ),
  new RegExp(`\\bhad ${name} (?:until|till|before)\\b`, 'gu'),
];

/** Used for the daily round in any office, or no names at all. */
const everyday = new Set(
  'excel word outlook powerpoint google gmail sheets whatsapp teams zoom slack microsoft office windows linux apple android iphone sap oracle salesforce linkedin youtube facebook instagram chatgpt pdf erp crm wms it hr cfo ceo coo cto vp api ai sms gps i the a an and but so we they he she it you yes no okay ok well then our your my their his her this that these those what who how when where why if as at in on for with from after before europe asia america english german french spanish dutch italian christmas easter january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday mr mrs ms dr not now just only both every each all some any one two three'.split(
    ' ',
  ),
);

/** Whether the sentence speaks of a person by that name. */
const isPerson = (found: string, text: string): boolean =>
  new RegExp(`\\b${found}\\b(?:,| and| \\w+){0,6} (?:he|she|his|her|him|himself|herself)\\b`, 'u').test(text);

const places = ['city', 'country', 'region'];
const isPlace = (found: string): boolean =>
  places.some((place) => relationOf(found.toLowerCase(), place, 'noun') !== null);

const isCompany = (found: string, text: string): boolean =>
  found.length > 2 &&
  !isPlace(found) &&
  !found.split(' ').some((part) => everyday.has(part.toLowerCase())) &&
  !isPerson(found, text);

/** Names that a sentence treats as those of competitors. */
export function discoveredIn({ text }: SpokenSentence): string[] {
  if (!/\p{Lu}\p{L}{2}/u.test(text)) return [];
  const found = patterns.flatMap((pattern) => matchesIn(text, pattern).map((match) => match[1] ?? ''));
  return found.map((one) => one.replace(/['’]s$/u, '')).filter((one) => isCompany(one, text));
}

const anyName = new RegExp(name, 'gu');
/** The first words of a sentence have a capital anyway: there, only a word of its own is a name. */
const standsAlone = (text: string, at: number, found: string): boolean =>
  at > 0 || /^(?:[.,!?]|$| and\b| or\b| as far)/u.test(text.slice(found.length));

/** Names in the answer to who else is in the running: "Brixo, and a firm from the village". */
export function namesAnsweringWhoElse({ text }: SpokenSentence): string[] {
  return matchesIn(text, anyName)
    .filter((match) => standsAlone(text, match.index, match[0]) && isCompany(match[0], text))
    .map((match) => match[0]);
}
