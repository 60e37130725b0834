import { cues } from '../cues/cues.js';

/** Tried or offered, and over. */
export const dismissed = cues`
  rul* (?:it|them|that|@)? ?out; turn* (?:it|them|that|@) down; turned down; (?:told|tell) (?:them|him|her) no;
  said no(?: to)?; no thanks; (?:not|never) again; never going back;
  not (?:doing|going|pursuing|considering|interested|convinced|looking|proceeding|taking|an option|for us|worth);
  (?:are|is|was|were|wo|do|does)n't (?:doing|going|pursuing|considering|interested|convinced|an option|for us|a fit|trust|proceeding|be going);
  did(?:n't| not) (?:\w+ )?(?:convince|work|fit|understand|like|suit|last|go anywhere|get far|impress|renew|trust|take|pan out|hold up|cut it|deliver|meet);
  drop* (?:it|them|@|that); dropped; (?:gave|sent|handed) (?:it|them|@|that) back; gave up on; cancel*; reject*;
  dismiss*; declin*; cross* (?:it |them |@ )?off; off the (?:list|table); out of the (?:race|running|question);
  (?:that's|it's|they're|that is|they are|@ is|@ are|which is) (?:out|closed|off|dead|over|history|no longer);
  overkill; short call; (?:straight |goes |go )(?:in|into|to) the bin;
  (?:hung up|hang up|walked away|moved away|moved off|switched away|parted ways); we left (?:@|them);
  used to (?:use|have|be (?:with|on)|work with|buy from|run);
  (?:switch*|mov*|migrat*|chang*) (?:over |away )?from @; stopped (?:using|working|paying); got rid of;
  threw (?:it|them) out; no need to compare; burn(?:ed|t); ended (?:the contract|it);
  passed on (?:it|them|@|that); disappoint*; off-putting;
  (?:do|does|ca|can|could)(?:n't|not| not)(?: even)? (?:open them|open it|need them|want them|touch); dont even;
  a (?:waste|disaster|nightmare|joke);
  never (?:answered|replied|called back|came back|showed up|turned up|got back); lost interest; put (?:me|us) off;
  failed; let us down; we (?:decided|chose) against; decided not to
`;
/** Weaker: a judgement, which may still leave somebody in the running. */
export const disliked = cues`
  (?:far |way |much |just )?too (?:big|small|expensive|dear|complex|complicated|heavy|slow|clunky|rigid|pricey|much|many|technical|costly|far);
  nobody (?:liked|wanted); made for; gimmick*; a quarter of what; cruise ship
`;

/** In use today. */
export const current = cues`
  (?:we|i|they|she|he|you|team|site|office|one|everybody|everyone|that|which|who|people|\w+s) (?:\w+ ){0,3}?(?:use|uses|using|run on|runs on|running on|are on|is on|are with|is with|been with|been on|been using|work with|works with|working with|rely on|stick with|sticking with|have had|buy from|go through|run|runs) @;
  (?:we|they)(?:'re| are|'ve been| have been) (?:\w+ ){0,3}?(?:with|on|using|in|at) @;
  (?:is|are|sits?|lives?|goes|go|live|stays?|kept|booked|done|stored|run|runs|handled|managed|covered|insured|supplied|placed) (?:all )?(?:in|on|with|through|via|by) @;
  (?:current|existing|present|incumbent) (?:\w+ )?(?:provider|supplier|vendor|system|tool|software|platform|solution|contract|policy|broker|insurer|caterer|installer|contractor|agency|partner)s?(?: _ )?@?;
  @ (?:\w+ ){0,4}?(?:today|currently|at the moment|right now|for (?:\w+ )?(?:years|months)|since (?:\d|last|the));
  (?:contract|agreement|policy|subscription|licen[cs]e|account) with @;
  @ (?:contract|agreement|subscription|licen[cs]e|policy|account|export|setup|users?) ; pay* (?:for it|@|them);
  incumbent; (?:we|i) have @; we've got @ (?:in|on|at|for|running|doing); had @ for; renew* with @;
  @ (?:do|does|handles?|covers?|supplies|supply|runs?|manages?|looks? after) (?:it|that|this|our|all|the);
  what we have (?:now|today); still (?:with|on|use|using) @
`;

/** In the running. */
export const considered = cues`
  quot*; offer; offers; offered; offering; proposal*; bid; bids; tender*; pitch*; present; presents; presenting;
  presented; presentation; demo; demos; trial; trials; trialling; pilot*; shortlist*; short list; in the running;
  evaluat*; consider*; assess*; review*; look* (?:also )?(?:at|into); talk* (?:to|with); speak* (?:to|with);
  spoke (?:to|with); compar*; coming in; com* (?:to show|over|by|on); meeting with; meet* @; next round;
  came back with; waiting (?:for|on); test*; try* (?:it |them |@ )?out; up against; between you and; on the table;
  alternative*; in the mix; the other (?:one|option|candidate|vendor|supplier|bidder); the two of you;
  both of you; site visit; survey*; reference* call; favou?rite; cheaper; price* (?:is|are|from); put kit;
  invited
`;

/** Takes the sting out of what stands beside it. */
export const undone = cues`
  (?:have|has|had|did|are|is)n't (?:\w+ )?(?:look*|talk*|spok*|evaluat*|consider*|compar*);
  nobody has (?:looked|talked|asked); never (?:looked|talked|spoken|considered|heard); couldn't tell
`;

/** Speaks of whoever was named before. */
export const anaphora = cues`they; them; their; theirs; they're; they've; they'd; it; it's; its; that; that's; those; that one; he; she`;
