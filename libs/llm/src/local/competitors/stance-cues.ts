import { cues } from '../cues/cues.js';

/** Tried or offered, and over. */
export const dismissed = cues`
  (?:kicked|threw|sent|showed|chucked|pushed) (?:@|them|it|him|her) (?:out|home|away|off); (?:went|goes|landed|is) (?:in|into) (?:the |a |my )?(?:drawer|bin|trash|basket); said goodbye; wouldn'?t touch; so (?:we|i) (?:moved|went elsewhere|changed|switched|looked elsewhere); (?:we|i) (?:were|was|used to be) (?:an? )?@ customers?; lost (?:our|my|all|the) (?:appetite|interest|patience|trust|faith); (?:not|n't) in it any ?more; they were; @(?:,|\?) (?:no|never|god no|oh no|hardly)(?![\w]); that (?:experiment|chapter|story|attempt) _ (?:lasted|is over|ended|was); the lawyers said;
  that was (?:that|it|the end); show* (?:it|them|him|her) the door; f(?:e|a)ll out; (?:took|take|taken) (?:it|them|@|that) off; no longer (?:talking|speaking|looking|in|interested|considering|an option|use|using|with|have);
  (?:the |my |our )?answer (?:is|was) no; (?:so|and|then) (?:i|we) (?:\w+ )?(?:stopped|quit|left|dropped|went back|let it go|said no|passed|cancelled|declined); (?:i|we) (?:quit|left|let it go|said no|pulled (?:out|the plug)|moved on|walked); pulled the plug; forget (?:it|them|that|about (?:it|them)); out of the running; knocked out; (?:struck|scratched|crossed) (?:it |them |@ )?(?:off|out); (?:way |far |well )?over budget;
  didn't even; had @ (?:until|till|before|once|years ago|for a while); (?:was|were) (?:with|on|using) @ (?:until|before|once|for a while|years ago); not (?:to )?our taste; (?:we|i) left @; a non-starter; ruled (?:ourselves|themselves) out; (?:doesn't|don't|didn't|can't|couldn't) _ so (?:they|it|that|we|i); not in the running; fell through; fell away; eliminated; discarded; wrote (?:it|them) off; (?:thanked|thanks) (?:them )?but no; gone elsewhere; behind us;
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
  @ (?:has|have|holds?) (?:the|our|a) (?:contract|account|policy|key|licen[cs]e); (?:year|years|months?) left (?:with|on|of) (?:them|it|@|that); our (?:own )?@; on the wall; premium with @; every (?:month|week|day|morning|year) @; @ (?:\w+ ){1,6}?every (?:month|week|day|morning|year);
  (?:use|uses|using) @(?! (?:offer|quote))(?! instead); (?:do|does|did|done|work|works|working|plan|plans|planned|book|books|booked|order|orders|keep|keeps|kept|run|runs|record|records|schedule|schedules|invoice|invoices|track|tracks|manage|manages|pay|goes|go|sits|lives|happens|everything|payroll|data|bookings) (?:[\w]+ ){0,4}?(?:in|on|through|via|with|by) @;
  replac* @; @ (?:has|have) been (?:our|the|with us|doing|here|handling|looking); @ (?:renewed|renews|support|helpdesk|never answers?); (?:with|on|at) @ (?:since|for (?:years|ages|\w+ years|a decade)|forever|already); came with @; @ (?:came|comes) with; (?:still|already) (?:have|has|in|on|with|pay|run|runs|using|use|uses|under contract) _ @; tied (?:to|into) @; under contract _ @; locked in;
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
  plan b; prefers? @; (?:you|yours),? @,? and; you and @; @ and you; shows? us; as far as i know; (?:start|deliver|be ready|finish) in; with @ (?:i'd|we'd|i would|we would|it'd|it would); @ (?:can|could|will|says? (?:they|it|he)|claims?|offers?);
  (?:are|is) sending; sends? (?:somebody|someone|us); measur*; wants? (?:a|to (?:see|show|meet|try)); (?:see|seen|saw|show* us) @; promised; premium; before we decide; make* (?:us )?an? offer; made us; an answer by; by (?:monday|tuesday|wednesday|thursday|friday) _ @; would (?:do|cover|charge|cost|take|install|give|come) (?:it|that|us|in)?; also (?:in|asked|invited|approached|sent); as well as you; (?:besides|apart from|next to) you; deciding between; choose between; choosing between; running against; visit*; calculat*; (?:asked|ask) @ (?:for|to); their (?:price|offer|quote|number|terms|proposal);
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

/** Asks for what is in use today; a name is the answer. */
export const asksCurrent = cues`
  (?:what|who|whom|which|how|whose) (?:\w+ ){0,6}?(?:use|uses|using|do you|does|insure*|suppl*|handle*|run|runs|look* after|provid*|deliver*|manage*|maintain*|serv*|work with|buy from|are you (?:on|with)|is your|are your|today|now|at the moment|currently|right now); what's your (?:current|present); replac* @; (?:are|is) (?:you|it|that) (?:still )?(?:with|on|in|using) @; still (?:with|on|using)
`;
/** Asks who else is in the running. */
export const asksOthers = cues`
  (?:who|what|which) else (?:are|is|have|has|do|did) (?:you|it|in|on|they); (?:anyone|anybody|someone|somebody|who|any one) else (?:\w+ ){0,3}?(?:bidding|quoting|running|race|round|list|table|looking|pitching|offering|tender); (?:any |what |which )?other (?:\w+ )?(?:vendors?|tools?|offers?|quotes?|providers?|suppliers?|companies|brokers?|caterers?|installers?|solutions?|bidders?|bids?);
  looking (?:around|elsewhere); (?:look|looking|looked) at (?:anything|anyone|anybody|others?|alternatives?); alternatives?; competitors?; competition; shortlist*; up against; compar* (?:us|this|it|that|with)
`;

/** Named by the way: nothing of it says how it stands. */
export const incidental = cues`
  (?:all|only thing) i know; heard (?:of|about); don't know (?:them|it|much|what|how|if); wouldn't know; i believe; couldn't tell; read (?:something |an? \w+ )?about; advertis*; on the radio; on tv; (?:trade )?fair; ran into; run into; bumped into; stand; booth; tote; neighbour*; neighbor*; friend*; brother*; sister*; cousin*; next door; in our street; (?:rang|rings?|called|calls?|phoned|mailed|emailed|wrote) (?:me|us)?; out of the blue; roughly; the same (?:thing )?as; different from
`;
