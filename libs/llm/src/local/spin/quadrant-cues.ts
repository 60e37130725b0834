import { cues } from '../cues/cues.js';

/** Things that go badly, in any trade. */
export const trouble = cues`
  (?:never|not|don't|doesn't|didn't) (?:\w+ )?(?:turn|turns|turned|show|shows|showed) up; too (?:thin|big|small|low|high|long|late|early|expensive|slow|short|\w+ed|complicated); (?:was|were|is|are|has|have|had|did|does|do|ca|could|wo)n't (?!you\b|it\b|they\b|he\b|she\b|that\b|we\b|there\b|i\b)\w+;
  how (?:reliable|accurate|satisfied|happy|content|dependable|sure) ; most (?:tiresome|tedious|annoying|difficult|painful|frustrating|unpleasant|stressful|error-prone); tiresome; keep* (?:you|them|him|her) (?:awake|up at night); at night; prompted; trigger*; made you (?:look|call|start|change|want|think|come|get|switch); looking for (?:something|someone|somebody) (?:else|new); why (?:are|were) you (?:looking|leaving|changing|switching); does it (?:ever )?happen; (?:has|did) (?:it|that|this) ever happen*; (?:let|lets) (?:you|them|people|the \w+) down; unsure; uncertain*; surpris*;
  what (?:stops|prevents|keeps|slows|holds); what (?:causes|caused|makes it|is behind|drives);
  what's (?:behind|missing|causing|the biggest); go* wrong; get* stuck; pil* up; run* (?:out of|late|over);
  running late; chas* (?:up|down|after|people|them); firefight*; unpleasant; tedious; cumbersome; clumsy; clunky;
  time-consuming; takes too; forgot*; forget*; overlook*; gets lost; poor; poorly; bad; badly; worse; terrible;
  awful; nightmare*; tricky; escalat*; emergenc*; 
  overdue; unpaid; shut down; downtime; tension*; friction; resist*; pushback; push back; 
  churn*; absen*; understaffed; short-staffed; guess*; blind spot*; late; lateness;
  later than; delay*; wrong*; fail*; break*; broke*; crash*; outage*; down; miss; misses; missed; lose; loses;
  losing; lost; mistake*; error*; damage*; leak*; spoil*; wait; waits; waited; waiting; queue*; stuck; freez*;
  froze*; slow*; backlog*; bottleneck*; trouble*; problem*; issue*; pain; pains; painful; hurt*; struggl*;
  suffer*; burden*; stress*; difficult*; hard; harder; hardest; challeng*; headache*; hiccup*; obstacle*;
  barrier*; hurdle*; annoy*; frustrat*; worry; worries; worried; worrying; concern*; bother*; nerves; unhappy;
  complain*; dissatisf*; fed up; cope; copes; coping; overload*; overrun*; overtime; conflict*; no-show*;
  no show*; cancel*; waste; wasted; wasting; reject*; refus*; denied; denial*; disput*; gap; gaps; shortage*;
  short of; shortfall*; weak*; risk*; confus*; messy; mess; chaos; fall short; falls short; fall* behind;
  fall* through; behind schedule; go missing; goes missing; turn* away; drop* off; in the way; worst; least happy;
  rework*; duplicate*; double*book*; penalt*; fined; unreliable; inaccura*; incorrect*; out of date;
  inconsistent*; by hand; too (?:long|much|many|little|few)
`;

/** To ask how well something goes is to ask for what goes badly. */
export const satisfaction = cues`
  (?:happy|satisfied|content|comfortable|pleased) (?:with|about); hold* up; good enough; keep* up; like least;
  working (?:well|as it should|out|for you);
  (?:is|are|was|were|all|find|finding) _ (?:all right|alright|okay|ok|fine); dislike; wish;
  (?:do|does|is|are|was|were|ca|could)n't _ (?:work*|fit|match|do|get|like|us(?:e|ing)|reach|cover|show*); cannot;
  what would you (?:change|improve|fix)
`;

/** What follows from something: cost, knock-on effects. */
export const consequence = cues`
  what (?:happens|happened|would happen) (?:to|when|if|then|with|at|on|in|there|as a); happens? (?:to|when|if|then);
  what (?:does|did|do|would) (?!you\b|they\b|we\b)(?:[\w-]+ ){1,6}?(?:do|done)(?: (?:to|for|with|in|on|at|over|down|when)|(?=[?,.]));
  (?:what|how much) (?:does|do|did|has|have|is|are|was|were) _ (?:cost|costing|costs);
  what does (?:that|this|it|each|one) _ (?:do|mean|cause|take|cost); add* up to; cost* (?:you|the|your|us|in);
  costing; the cost of (?:that|this|those|these|a|an|each|every); how (?:serious|bad|expensive|costly); knock*on;
  down the line; downstream; ripple*; effect; effects; impact*; consequence*; repercussion*; implication*; affect;
  affects; affected; affecting; end* up; set* off; hold* up (?:the|your); lead* to; result* in; take* away from;
  how far does; spill* over; how does (?:that|this|it) (?:affect|hit|play out|change);
  who (?:else )?(?:pays|suffers); at risk; how (?:much|many) (?:[\w-]+ ){0,7}?(?:lose|losing|lost|wast*|goes? into);
  if (?:that|this|it|nothing) (?:carries on|goes on|goes wrong|keeps|stays|continues|changes|happens);
  what does (?:that|this|it) mean (?:for|to); put* (?:pressure|strain) on
`;

/** What a solution would be worth. */
export const payoff = cues`
  take _ (?:pressure|load|weight|work|worry|burden|strain) off; be a relief; be interesting (?:to|for) you; be attractive;
  (?:would|could|might|will) (?:[\w,-]+ ){0,14}?(?:help|helped|benefit|useful|valuable|helpful|be worth|make _ difference|make (?:\w+ ){1,4}easier|ease|relieve|save you|free up|give you (?:the|what|enough|more)|solve);
  worth (?:something |anything )?to you;
  how (?:useful|valuable|helpful|important|attractive|much (?:easier|better|faster|time));
  what would (?:that |it |this )?(?:be worth|mean|change|give you|allow|enable|free up); what difference would;
  how would (?:that|it|this|having) _ (?:help|change|affect|ease|improve|matter|make);
  what (?:would|could) (?:[\w,-]+ ){1,10}?(?:change|mean|gain|improve|allow|enable|be worth|do with);
  be able to do; (?:gain|benefit) (?:from|by|if); (?:where|how) (?:would|could) _ (?:use|help|benefit);
  (?:value|benefit|upside|payoff|advantage) (?:of|in|to); what would (?:you|your \w+|\w+) do (?:with|if)
`;

/** Takes for granted what is not there yet, and would be good. */
export const better = cues`
  (?:if|suppose|say|imagine|assuming) (?:[\w,-]+ ){0,3}?(?:you|they|he|she|everybody|everyone|[a-z]+) (?:saw|had|knew|could|got|were able|no longer);
  (?:if|suppose|imagine|assuming) we (?:built|could|were able|took|gave|showed|sent|made|set|did|had|cut|brought);
  (?:if|suppose|imagine|assuming) (?:[\w,-]+ ){1,8}?(?:came|showed|ran|went|was|were|got|gave|did|could|by (?:itself|themselves));
  with (?:that|this|it) (?:gone|solved|sorted|in place|fixed)
`;

export const worse = cues`
  without; had to; lost; fail*; stop; stops; stopped; went wrong; break*; broke; missed; misses; happen to;
  went down; late; delayed; empty; nothing changes
`;

/** What is asked about a world that is taken for granted. */
export const asksOutcome = cues`(?:what|how) (?:would|could|might|will); (?:what|how)'d; (?:would|could|might) (?:that|this|it)`;
