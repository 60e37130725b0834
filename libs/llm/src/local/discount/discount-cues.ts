import { cues } from '../cues/cues.js';

/** A price is, or would be, lowered. In these sentences `#P` stands for a share, `#M` for an amount, `#N` for a number. */
export const reduction = cues`
  (?:meet|match) (?:you |us |it |them )?(?:at |with |on )?(?:the |that |your |their )?#[PM]; (?:bring|get|take|push|drive) (?:the|your|our|that|it|this) (?:\w+ )?(?:price|fee|rate|cost|premium|quote|total|bill) down; (?:price|fee|premium|rate|bill|total|quote) _ (?:down|lower) by #[PM];
  (?:reduce*|lower*|cut|cuts|drop*) (?:the|your|our|that|this) (?:\w+ )?(?:price|fee|rate|cost|premium|quote|total|bill) (?:\w+ )?by; minus #M; (?:price|offer|rate|deal|package|bundle) (?:[\w]+ ){0,3}?(?:you|that) saves? (?:you )?#M; (?:early[- ]bird|introductory|promotional|launch|loyalty|multi-year|volume) (?:price|pricing|offer|rate)s?; knock* (?:a bit|something|a little) off; shav* (?:a bit|something|a little) off;
  discount*; rebate*; (?:price|fee|rate|cost|premium) (?:cut|reduction|concession|break)s?; #P off; #P (?:reduction|less|cheaper|lower);
  (?:take|takes|taking|took|taken|knock*|shav*|get|gets|have|give|gives|giving|cut|cuts|come|comes|drop*|bring|brings|save|saves|want|need|offer*) (?:you |us |me |it |them )?(?:another |about |around |up to |a further |maybe |say )?#[PM] _ (?:off|down)(?: |[.,?!]|$);
  #M (?:\w+ ){0,3}?(?:take|taking|took|knock|knocking|knocked|come|comes|came) off; #M off; (?:take|knock|shave)s? #N off; #N off the (?:price|fee|total|invoice|bill|first|setup|quote|premium);
  off the (?:\w+ )?(?:price|fee|total|invoice|setup|onboarding|subscription|quote|licen[cs]e|bill|premium);
  waiv* (?:the |that |this |our |your |any |all |one |half )?(?:[\w-]+ ){0,2}?(?:fee|fees|charge|charges|cost|costs|setup|set-up|onboarding|training|installation|delivery|deposit|#M|it|that|month|months|survey|inspection); fee waiver;
  #N (?:months?|weeks?|quarters?) (?:\w+ )?free; free (?:months?|weeks?|quarters?); (?:first|last|one|a) (?:month|week|quarter|year) (?:is |would be |comes )?(?:for )?free; (?:could|can|would) (?:\w+ ){1,6}be free;
  (?:lower|reduce|reduces|reduced|reducing|drop|cut|sharpen|improve|match|beat) (?:the|your|our|that|this|their|his|her|my) (?:\w+ )?(?:price|prices|fee|fees|rate|cost|quote|offer|premium); (?:lower|better|special|reduced|friendlier|preferential) (?:price|prices|rate|fee|premium|pricing);
  (?:come|go|get) down (?:on|in|with) _ (?:price|fee|rate|cost|number|figure|premium)?; come down to #M; (?:room|leeway|flexib*|give|movement|play) (?:on|in|with) _ (?:price|rate|fee|pricing|premium); wiggle room; price break; money off; reduction (?:of|on|in) _ (?:price|fee|rate|cost|premium|#P|#M);
  do (?:any )?better on (?:the )?price; meet (?:us|me|you) (?:in the middle|halfway); credit (?:note )?(?:of|for) #M; goodwill (?:credit|gesture); giv* you #M; from #M (?:down )?to #M; #M (?:\w+ ){0,3}?instead of #M
`;

/** A share that goes on where a reduction is spoken of: "for three years I can do fifteen percent". */
export const going = cues`
  (?:go|going|stretch|get|come) (?:up |as (?:high|far|low) )?(?:to|as); (?:can|could) (?:you )?(?:do|offer|give|go|manage|stretch); cleared to; needs?; want; wants; ask*; looking for; expect*; hoping for; giv*; offer*; agree*; settle*; deal; happy with; let's do it; contract; brings? (?:you|us|it); the full; what about; how about; make it; say
`;

/** The word is used of something else. */
export const otherUse = cues`
  (?:hard |deep |food |grocery |furniture )?discount (?:\w+ )?(?:chain|chains|store|stores|shop|shops|retail*|supermarket|supermarkets|grocer*|business|brand|brands|market|airline*|sector|segment|warehouse|clinic|pharmac*); discounters?; discount rate; discounted cash*;
  discount (?:it|this|that|them|those|these|what|everything|anything)(?! off| on the price| for); discount (?:the|those|these|that|any|his|her|their|our) (?:\w+ )?(?:numbers?|figures?|possibility|idea|risk|chance|data|results?|reports?|readings?|opinion*|feedback|theory|story|option|effect|forecast*); discounted (?:it|them|that|the) _ (?:as|because|entirely|completely);
  (?:can't|cannot|don't|do not|wouldn't|shouldn't|to be|never|totally|completely) discount*(?= (?:the|that|it|by|this))
`;

/** Somebody else's price: what suppliers give the customer, or the customer gives their own buyers. */
export const elsewhere = cues`
  (?:carriers?|suppliers?|vendors?|wholesalers?|manufacturers?|banks?|landlords?|agenc(?:y|ies)|farmers?|hauliers?|hospitals?|insurers?|distributors?|brokers?|competitors?|utilit(?:y|ies)|council|they) (?:\w+ ){0,2}?(?:give|gives|gave|offer|offers|offered|grant|granted|allow|allows) us;
  (?:settlement|early[- ]payment|prompt[- ]payment|cash|staff|employee|student|senior|sibling|loyalty|trade|supplier|wholesale|member|membership|pensioner|friends and family|black friday) discounts?;
  (?:we|i) (?:give|gave|offer|offered|grant|granted) (?:our|the|those|these|some|them|every|all|most) (?:\w+ )?(?:customers?|clients?|buyers?|shops?|patients?|parents?|members?|guests?|tenants?|students?|families|employees|staff|retailers?|dealers?|shippers?|schools?|homeowners?); our own (?:customers?|clients?|buyers?|discounts?);
  (?:customers?|clients?|shoppers?|buyers?|retailers?|parents?|patients?|members?) (?:\w+ ){0,2}?(?:want|wants|ask|asks|asked|expect|expects|get|gets|got|demand|demanded) (?:\w+ ){0,4}?(?:discounts?|rebates?|off); from our (?:suppliers?|carriers?|landlord|bank)
`;

/** A share of something that is not the price; tested on what stands next to it. */
export const otherShare = cues`
  index*; inflation; increase*; rise; rises; uplift; up; growth; grow*; grew; higher; invoices?; penalt*; tax; vat; interest; commission; margin*; sick*; late; deposit; down payment; deductible; occupancy; utili[sz]ation; of (?:our|all|their|your|those|them|claims?|orders?|shipments?|patients?|customers?|calls?|appointments?|people|staff|volume|cases?|revenue|turnover|the time|loads?|sales|pupils|meals|homes); capacity; accura*; availability; uptime; too much; errors?; fail*; settlement; compliance; max; maximum; tracked; waste
`;

export const agreement = cues`
  agree*; deal; we'll (?:go|take|sign|do); we're in; let's do (?:it|that); happy with (?:that|it); that works; works for (?:me|us); i can live with; (?:all right|ok|okay|fine|yes)(?=[,.! ]|$); contract (?:at|with); order form; recap; to sum up; next steps; sign; signed
`;

export const refusal = cues`
  (?:can't|cannot|can not|won't|couldn't|wouldn't) (?:\w+ )?(?:do|go|give|waive|offer|say yes|move|discount|reduce|lower|match|take|promise); no discounts?; not (?:possible|able|going to|negotiable); outside what; out of (?:the question|reach|my hands); don't (?:do|give|offer) (?:any )?discounts?; no room
`;
