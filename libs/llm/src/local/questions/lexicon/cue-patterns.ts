import { dealPatterns } from './deal-patterns.js';
import { topicPatterns } from './topic-patterns.js';

/** What a sentence tells about the way to a deal, and about how grave a trouble is. General English. */
export const cuePatterns = {
  ...dealPatterns,
  ...topicPatterns,
  // Trying before buying.
  TRIAL:
    /\b(?:trial|pilot|proof of concept|poc|test (?:run|phase|period|drive|week|month)|try (?:it|this|that|them|one) (?:out|for|on|with)|sample|taster|free (?:month|week)|probation)\b/iu,
  // What goes with a price that is offered.
  OFFER:
    /\b(?:offer|quote[ds]?|quotation|proposal|prices?|pricing|fee|rate|rent|premium|per (?:month|year|week|hour|person|unit|seat|head|night|square|user|site|site)|comes? to|total(?:s)?|costs?|option|alternative|plus vat|all in|renewal for|package|(?:a|per|each) (?:year|month|week)|plus the|that makes|brings (?:it|you)|in total|percent off|per cent off|discount|deal)\b/iu,
  // Asking for other terms.
  TERMS:
    /\b(?:discount|percent off|per cent off|% off|cheaper|come down|lower|knock off|better price|waive|instead of|payment terms|days instead|exit clause|notice period|throw in|free of charge|too (?:high|much|expensive)|match (?:it|that|their)|meet (?:me|us|you) (?:half|in)|counter|best you can|room (?:on|for|in)|negotiat\w+|concession|condition|twelve months instead|clause)\b/iu,
  // Saying yes to a deal.
  COMMITMENT:
    /\bwe(?:'ll| will) (?:take (?:it|that|them|you|two|three|both|the \w+(?: \w+)?$)|go (?:with|ahead|for)|sign(?! off)|buy|order|book (?:it|you|that)|have (?:it|them)|renew|do it|move forward)\b|\bi(?:'ll| will) (?:take (?:it|that one|them|both)|go (?:with|ahead|for it)|sign(?! off)|buy|renew|order)\b|\b(?:let's|let us) (?:do it|do that|do this|sign|go ahead|book it|go for it|proceed|make it official|go with)\b|\b(?:you've|you have|we've|we have) (?:got )?a deal\b|\b(?:it's|that's|it is) a (?:deal|yes)\b|\bwe(?:'re| are) (?:in|going with you|going ahead|on board|good with that|good to go)\b|\bsend (?:me|us|over|it)(?: over)?(?: with)? the (?:contract|paperwork|order form|agreement|lease)\b|\bwhere do (?:i|we) sign\b|\bwe agreed\b|\bi'm sold\b|\bconsider it done\b|\bsign (?:me|us) up\b|\bi (?:accept|agree to)\b|\b(?:that's|you have|you've got) (?:my|our) (?:yes|word)\b|\b(?:happy|ready|want) to (?:sign|go ahead|proceed|book|commit|order)\b|\bcount us in\b|\bbook us in\b/iu,
  // A contract on its way, or signed.
  PAPERWORK:
    /\b(?:(?:have|has|'ve|already|is|are|been) (?:been )?(?:counter)?signed\b(?! (?:off|up|something|anything|with))|i signed (?:it|the)|waiting for (?:the |your |a )?signature|out for signature|signing tool|docusign|e-?sign\w*|(?:contract|order form|agreement|lease|purchase order) (?:went|has been|came|arrived|landed|is out|is signed|is with)|sent (?:you |over )?the (?:contract|order form|agreement|lease)|received the (?:contract|order form|agreement|deposit)|(?:deposit|first invoice) (?:is |was |has been |'s )?paid|paid the deposit|purchase order (?:is|number))/iu,
  // Wanting no more of it.
  LOST: /\b(?:not interested|don't call (?:me|us|again)|do not call|take (?:me|us) off|remove (?:me|us)|going with (?:another|someone|somebody|the other|a different)|went with (?:another|someone|somebody|the other)|signed with (?:another|someone|somebody)|decided against|no (?:thanks|thank you)[,.]? (?:we|i|not|bye)|won't be (?:buying|renewing|going ahead)|we're not (?:going ahead|renewing|buying)|not going to happen|stop calling|cancel(?:led|ling)? (?:the|our|my) (?:contract|order|subscription|membership|policy))\b/iu,
  // A trouble that has gone far, or that has to end by a time.
  GRAVE:
    /\b(?:stopp?(?:ed|ing)|lost|lose|losing|critical|emergency|deadline|immediately|urgent(?:ly)?|cancel(?:led|ling)?|cannot wait|can't wait|no later|latest|disaster|impossible|dangerous|unacceptable|desperate\w*|terrible|furious|shut down|closed down|penalt\w*|lawsuit|asap|right away|otherwise|running out|gave (?:us|me) notice|unsafe|out of stock|standstill|every (?:single )?(?:day|week|time|month)|thousands?|injur\w*|flood\w*|burn\w*|ruined|bankrupt|(?:have|has|need|needs|must|got) to be (?:\w+ )?(?:by|before|live|running|ready|done|finished|in))\b/iu,
  // A trouble that is small, far off or none.
  LIGHT:
    /\b(?:(?:small|minor|tiny|little) (?:thing|issue|annoyance|problem|detail)s?|not a (?:tragedy|big deal|disaster|problem|reason|priority|rush)|no (?:big deal|rush|hurry|problems?|complaints?|pressure|issues?)|nothing (?:to complain|serious|urgent|dramatic|major|wrong)|some ?day|one day|eventually|nice to have|not (?:urgent|in a hurry|as such|too bad|so bad)|works (?:fine|well|great)|can live with|whenever|sometime|at some point|don't need|do not need|doesn't matter|fine as it is|just looking|only looking|just curious|never had|get used to|used to it)\b/iu,
  // What is not so yet.
  CONDITION: /\b(?:used to|when|once|before|until|unless|after)\b/iu,
  // A price that is named by what is taken off it.
  PERCENT_OFF: /\b(?:per ?cent|percent|%) (?:off|discount)\b/iu,
} as const satisfies Readonly<Record<string, RegExp>>;
