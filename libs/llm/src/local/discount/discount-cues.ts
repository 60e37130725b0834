import { cues } from '../cues/cues.js';

/** A price is, or would be, lowered. In these sentences `#P` stands for a share, `#M` for an amount, `#N` for a number. */
export const reduction = cues`
  (?:meet|match) (?:you |us |it |them )?(?:at |with |on )?(?:the |that |your |their )?#[PM]; (?:bring|get|take|push|drive) (?:the|your|our|that|it|this) (?:\w+ )?(?:price|fee|rate|premium|quote|total) down; (?:price|fee|premium|rate|total|quote) _ (?:down|lower) by #[PM];
  (?:reduce*|lower*|cut|cuts|drop*) (?:the|your|our|that|this) (?:\w+ )?(?:price|fee|rate|premium|quote|total) (?:\w+ )?by; minus #M; #M (?:\w+ ){0,3}?(?:that )?(?:you|we) (?:don't|won't|wouldn't) (?:have to )?pay; (?:price|offer|rate|deal|package|bundle) (?:[\w]+ ){0,3}?(?:you|that) saves? (?:you )?#M; (?:early[- ]bird|introductory|promotional|launch|loyalty|multi-year|volume) (?:price|pricing|offer|rate)s?; knock* (?:a bit|something|a little) off; shav* (?:a bit|something|a little) off;
  discount*; rebate*; (?:price|fee|rate|premium) (?:cut|reduction|concession|break)s?; #P off(?! (?:sick|ill|work|target|plan|duty|on)); #P (?:less|lower|cheaper)(?=[.,?!]|$| for (?:you|us)); #P reduction(?! (?:in|of) (?!(?:the |your |our )?(?:\w+ )?(?:price|fee|rate|cost|premium|total)));
  (?:take|takes|taking|took|taken|knock*|shav*|get|gets|have|give|gives|giving|cut|cuts|come|comes|drop*|bring|brings|save|saves|want|need|offer*) (?:you |us |me |it |them )?(?:another |about |around |up to |a further |maybe |say )?#[PM](?! of) _ (?:off|down)(?: |[.,?!]|$);
  #M (?:\w+ ){0,3}?(?:take|taking|took|knock|knocking|knocked|come|comes|came) off; #M off(?! (?:sick|ill|work|school|with|duty|on)); (?:take|knock|shave)s? #N off; #N off the (?:price|fee|total|invoice|first|setup|quote|premium);
  (?:#[PMN]|something|anything|a bit|a little|some|much|more|money|half|third|quarter) off (?:the|your|our|this|that) (?:\w+ )?(?:price|fee|total|invoice|setup|onboarding|subscription|quote|licen[cs]e|premium|deposit);
  waiv* (?:the |that |this |our |your |any |all |one |half )?(?:[\w-]+ ){0,2}?(?:fee|fees|charge|charges|cost|costs|setup|set-up|onboarding|training|installation|delivery|deposit|#M|it|that|month|months|survey|inspection); fee waiver;
  (?<!(?:have|has|had|got|are|is|'s|'ve) )#N (?:months?|quarters?) (?:\w+ )?free; free (?:months?|quarters?); (?:first|last|one|a) (?:month|quarter|year) (?:is |would be |comes )?(?:for )?free; (?:week|weeks) (?:is |are |would be |comes? )?(?:for free|free of charge|at no charge);
  half[- ](?:the )?price; half off; (?:price|fee|rate|premium|quote) (?:is |still |at all |really )*negotiable; last word on the (?:price|fee|rate|quote); is (?:that|it|this) (?:the |your )?(?:best|final) (?:price|offer|rate); come down by #[PM];
  (?:i|we)(?:'ll| can| could| would|'d) (?:\w+ ){0,2}?(?:do|offer|give|manage|go (?:up )?to|stretch to) (?:you |another |up to |about )*#P(?=[.,?!;]|$| off| if| for| on| less| discount); you(?:'d|'ll| would| will| both)? (?:both )?get (?:another |up to )?#P(?=[.,?!]|$| off| for| if| on);
  #P (?:for|if you) (?:early |advance |up-?front |immediate |quick |prompt )?(?:pay*|prepay*|sign*); (?:can|could|would) you (?:do|go to|give (?:me|us)|offer|manage) (?:\w+ )?#P(?=[.,?!;]|$| off| if| for| on| less| discount); (?:could|would|will|'d|comes?) (?:\w+ ){0,3}?#[PM] (?:cheaper|less)(?! than);
 (?:could|can|would) (?:the|one|that|this|it|half|part) (?:\w+ ){0,5}?be free(?! (?:on|at|next|to|tomorrow));
  (?:lower|reduce|reduces|reduced|reducing|drop|cut|sharpen|improve|match|beat) (?:the|your|our|that|this|their|his|her|my) (?:\w+ )?(?:price|prices|fee|fees|rate|quote|offer|premium); (?:can|could|would|do|is there|any|need|want|get|give|gives|offer|make|ask*|at|for) _ (?:lower|better|special|reduced|friendlier|preferential) (?:price|prices|rate|fee|premium|pricing);
  (?:come|go|get) down (?:a (?:bit|little) )?(?:on|in|with) _ (?:price|fee|rate|number|figure|premium); come down to #M; (?:room|leeway|flexib*|give|movement|play) (?:on|in|with) _ (?:price|rate|fee|pricing|premium); wiggle room; price break; money off; reduction (?:of|on|in) _ (?:price|fee|rate|premium|#M); reduction of (?:\w+ )?#P(?! (?:in|of) (?!(?:the|your) (?:[\w#]+ )?(?:price|fee|rate|month|year|quarter|season|term)));
  do (?:any )?better on (?:the )?price; meet (?:us|me|you) (?:in the middle|halfway); credit (?:note )?(?:of|for) #M; goodwill (?:credit|gesture); giv* you #M; (?:can|could|would) you do (?:it|that) (?:for|at) #M; something off(?! the (?:shelf|menu|list));
  (?:absorb|swallow|cover|eat|carry) (?:the |that |your |those )?(?:[\w-]+ ){0,2}?(?:fee|charge|surcharge|#M); for the price of; sharpen (?:your|the|my|our) pencils?; (?:any|a) (?:chance of|way to get) (?:a |some )?(?:deal|reduction|discount|money off|better price); special (?:offer|price|rate); #M (?:a|per|each|an) \w+ (?:less|cheaper|lower|off)(?! than); (?:a|one) (?:tenth|fifth|quarter|third|twentieth) (?:off|less|cheaper)(?! (?:than|of)); (?:come|came|go|went|move|moved|bring|brought|get|got) (?:it |that |the price |the fee |the rate )?down (?:a (?:bit|little|touch) )?(?:by|from) #[MP]; (?:price|fee|rate|quote|premium|total) (?:\w+ )?(?:drops|falls|comes down|goes down|drop|fall|come down|go down) (?:to|by) #[MP]; round (?:it |that |the price )?down; best (?:price|offer|you can do);
  (?:as|in) (?:a )?(?:credit|refund|compensation|goodwill)(?! (?:card|check|line|note from)); (?:credit|refund)(?:ed|s)? (?:you|your|the|us|back|put through|on (?:the|your) (?:next )?(?:invoice|bill|account)); (?:you|we|i)(?:'ll|'d| can| could| will)? (?:get|give you|offer you) (?:a |the )?(?:full |partial )?(?:credit|refund)(?! (?:card|check|line)); (?:the|a|your|that|full|partial) (?:credit|refund)(?! (?:card|check|checks|line|limit|rating|control|agency|risk|terms|application|union|score)); money back; (?:leave|leaving|take|taking|drop|dropping|skip|skipping|forget|lose) (?:out )?(?:the|that|your|our) (?:[\w-]+ )?(?:fee|charge|surcharge|deposit|supplement); (?:won't|wouldn't|not|don't|without) (?:\w+ )?charg(?:e|ing) (?:you )?(?:for )?(?:the|that|your|our|any) (?:[\w-]+ )?(?:fee|surcharge|deposit|setup|set-up|supplement|delivery|installation|travel|survey|express); (?:one|two|three|a|\w+) (?:month|quarter|week)'s (?:fee|rent|charge|subscription)(?:, (?:that's|which is) #M,)? (?:back|off|waived|as|for (?:free|nothing)); (?:quarter|month|year|fee|charge) waived;
  do (?:something|anything|a bit) (?:about|on|with) (?:the|that|your) (?:\w+ )?(?:price|fee|rate|cost|premium|quote|figure|total); what can you do (?:for (?:me|us) )?(?:on|about) (?:the|that|your) (?:\w+ )?(?:price|fee|rate|cost|premium|quote|figure|total); (?:cheaper|less) if (?:we|i|you) (?:\w+ ){0,2}?(?:sign|book|order|pay|commit|take|buy)*
`;

/** A share that goes on where a reduction is spoken of: "for three years I can do fifteen percent". */
export const going = cues`
  (?:go|going|stretch|get|come) (?:up |as (?:high|far|low) )?(?:to|as); (?:can|could) (?:you )?(?:do|offer|give|go|manage|stretch); cleared to; thought of; (?:would|'d|have|still) like*; the (?:top|most|best|maximum); comes to; needs?; want; wants; ask*; looking for; expect*; hoping for; giv*; offer*; agree*; settle*; deal; happy with; let's do it; contract; brings? (?:you|us|it); the full; what about; how about; make it; say
`;

/** The word is used of something else. */
export const otherUse = cues`
  (?:hard |deep |food |grocery |furniture )?discount (?:\w+ )?(?:chain|chains|store|stores|shop|shops|retail*|supermarket|supermarkets|grocer*|business|brand|brands|market|airline*|sector|segment|warehouse|clinic|pharmac*); discounters?; discount rate; discounted cash*;
  (?:reduc*|lower*|cut*|drop*|bring*|sav*|less|cheaper|off|down) _ (?:electric*|energy|power|gas|heating|water|phone|fuel|wage|food|grocery|running|labou?r|staff|own) (?:bill|cost|price|expense)s?; our (?:\w+ )?(?:cost|bill|overhead|expense)s?; discount (?:it|this|that|them|those|these|what|everything|anything)(?! off| on the price| for); discount (?:the|those|these|that|any|his|her|their|our) (?:\w+ )?(?:numbers?|figures?|possibility|idea|risk|chance|data|results?|reports?|readings?|opinion*|feedback|theory|story|option|effect|forecast*); discounted (?:it|them|that|the) _ (?:as|because|entirely|completely);
  (?:can't|cannot|don't|do not|wouldn't|shouldn't|to be|never|totally|completely) discount*(?= (?:the|that|it|by|this))
`;

/** Somebody else's price: what suppliers give the customer, or the customer gives their own buyers. */
export const elsewhere = cues`
  (?:carriers?|suppliers?|vendors?|wholesalers?|manufacturers?|banks?|landlords?|agenc(?:y|ies)|farmers?|hauliers?|hospitals?|insurers?|distributors?|brokers?|competitors?|utilit(?:y|ies)|council|they) (?:[\w#]+ ){0,2}?(?:give|gives|gave|offer|offers|offered|grant|granted|allow|allows) us;
  (?:settlement|early[- ]payment|prompt[- ]payment|cash|staff|employee|student|senior|sibling|loyalty|trade|supplier|wholesale|member|membership|pensioner|friends and family|black friday) discounts?;
  (?:we|i) (?:give|gave|offer|offered|grant|granted) (?:our|the|those|these|some|them|every|all|most) (?:[\w#]+ )?(?:customers?|clients?|buyers?|shops?|patients?|parents?|members?|guests?|tenants?|students?|families|employees|staff|retailers?|dealers?|shippers?|schools?|homeowners?); our own (?:customers?|clients?|buyers?|discounts?);
  (?:customers?|clients?|shoppers?|buyers?|retailers?|parents?|patients?|members?) (?:[\w#]+ ){0,2}?(?:want|wants|ask|asks|asked|expect|expects|get|gets|got|demand|demanded) (?:[\w#]+ ){0,4}?(?:discounts?|rebates?|off); from our (?:suppliers?|carriers?|landlord|bank);
  (?:children|kids|pupils|families|employees|staff|teachers|siblings|tenants|guests|visitors) (?:[\w#]+ ){0,2}?(?:get|gets|got|pay|pays|receive*) (?:[\w#]+ ){0,4}?(?:discount*|off|less|free|half);
  subsid*; vat; (?:state|federal|government|council|tax|utility|manufacturer*|municipal|regional|city|eu) (?:[\w#]+ )?rebates?; (?:an?|the|that|this|any|no|of|state|government) grants?; tax (?:credit|relief|break|refund|deduction)s?; (?:state|government|council|ministry|municipality|county) (?:pays|gives|covers|takes|refunds|adds|puts)
`;

/** What another seller did for the customer: "our printers gave us a fifth off", "Brixo offers two months". */
export const otherSeller =
  /(?:^|[,;:.] |\b(?:and|but|because|that) )(?:(?:[Oo]ur|[Mm]y|[Tt]he|[Tt]heir|[Hh]is|[Hh]er|[Aa]nother|[Ss]ome|[Ll]ast) (?!offer|price|discount|rate|deal|contract|list|fee)[\w'’-]+(?: [\w'’-]+){0,3}|[Tt]hey|[Hh]e|[Ss]he|(?!You|We|I|It|That|This|Who|Which|What)\p{Lu}\w+(?: \p{Lu}\w+)?) (?:gave|gives|give|(?:would|could|can|will) (?:give|offer|do)|offered|offers|offer|promised|knocked|took|cut|quoted|charged?|charges|granted|grants)\b/u;

/** What would have been asked for if things were otherwise. */
export const suppose = cues`
  if (?:it|this|that|we|they|there) (?:was|were|had|wasn't|weren't); (?:would have|would've|'d have) (?:asked|wanted)
`;

/** The price is spoken of. */
export const priceTalk = cues`
  price*; pricing; fees?; costs?; premium; quote*; offer; discount*; invoice; budget; expensive; cheap*; per (?:month|year|seat|user|head|site|hour); #M (?:a|per|each) (?:month|year|seat|user|head|site|hour|\w+)
`;

/** A customer pushes for a lower price, whatever it is called: a few numbers then stand for shares. */
export const push = cues`
  (?:it's|it is|that's|that is|which is|is|are|still|bit|far|way) (?:\w+ )?too (?:much|high|expensive|dear|steep|pricey); (?:it's|that's|is) (?:quite |rather |very |pretty |a bit |still )?(?:high|steep|expensive|pricey|dear); a lot of money; lot (?:more|of money); (?:can|could|would|will|won't) (?:you|we) _ (?:meet|come down|go lower|move|sharpen|do better|better|cheaper|less|lower); meet (?:me|us)(?! (?:at|on|in (?!the middle)|for|there|tomorrow|again|next)); (?:not|isn't) (?:good )?enough; get (?:me|us|it|that) (?:there|down|under|below); something for (?:volume|loyalty|the volume|us|me|that); what can you (?:do|offer)(?: for (?:me|us))?(?=[.,?!]|$| on| about); (?:could|can) you (?:do )?any(?:thing)?(?: better)?; can't be (?:more|over); (?:over|above|beyond|outside) (?:the |our |my )?(?:budget|limit|ceiling); (?:at|wants?|wanted|charges?|charged|quoted?|asks?|offered?|came (?:back |in )?(?:at|with)) #M; discount*; rebate*; cheaper; better price; lower price; room (?:on|in|for) the; margin for; how low; best you can; fixed or; (?:compensat|refund|goodwill|waiv)*
`;

/** A share as it is bargained over in a few words: "I can do fifteen", "and seven?", "twelve for three years". */
export const bareShare = cues`
  (?:do|go (?:up )?to|stretch to|offer|offer you|give you|make it|take|want|need|get|have|had|'ve|say|at|with|about|beyond|above|over|under|than|like|it's|that's|is|of|not|settle (?:at|on|for)|agree(?:d)? (?:on|to)) #N(?= ?(?:[.,?!;]|$)| off| if| for (?!the first)| on the| without| and (?:that|not|the)| instead| or (?!so)| then| flat| without| before| but| from you| it is| at most| maximum)
`;

/** A customer wants to pay less. */
export const lowerPriceWanted = cues`
  too (?:much|high|expensive|dear|steep|pricey); (?:over|above|outside) (?:our|the|my) (?:budget|limit|ceiling); (?:can|could|would) you (?:do|make|go) _ (?:#M|less|lower|cheaper|better); (?:do|get) (?:it )?(?:any )?(?:cheaper|better|lower); come down; (?:discount|something off|cheaper|best price|better price|lower price); more than (?:we|i) (?:can|wanted|have|had|thought|expected); (?:more|dearer) than (?:last|now|today|before)
`;

/** The price of less, or of something else. */
export const otherScope = cues`
  without; smaller; fewer; leave out; only the; drop the; the other; instead; basic
`;

/** A share that a customer wants, with nothing that it would be a share of. */
export const asksForShare = cues`
  (?:need|want|like|expect|ask for|asking for|hoping for|thinking of|get|was thinking|looking at|looking for|give (?:me|us)|do) (?:at least |about |around |maybe |another |a )?#P(?= from you| if| or |[.,?!]|$)
`;

/** A share of something that is not the price; tested on what stands next to it. */
export const otherShare = cues`
  index*; inflation; increase*; rise; rises; uplift; up(?! to); growth; grow*; grew; higher; invoices?; penalt*; tax; vat; interest; commission; margin*; sick*; late; deposit; down payment; deductible; occupancy; utili[sz]ation; of (?:our|all|their|your|those|them|claims?|orders?|shipments?|patients?|customers?|calls?|appointments?|people|staff|volume|cases?|revenue|turnover|the time|loads?|sales|pupils|meals|homes); capacity; accura*; availability; uptime; too much; errors?; fail*; settlement; compliance; max; maximum; tracked; waste
`;

export const agreement = cues`
  agree*; deal; we'll (?:go|take|sign|do); we're in; let's do (?:it|that); happy with (?:that|it); that works; works for (?:me|us); i can live with; (?:all right|ok|okay|fine|yes)(?=[,.! ]|$); contract (?:at|with); order form; recap; to sum up; next steps; sign; signed
`;

export const refusal = cues`
  (?:can't|cannot|can not|won't|couldn't|wouldn't) (?:\w+ )?(?:do|go|give|waive|offer|say yes|move|discount|reduce|lower|match|take|promise); no discounts?; not (?:possible|able|going to|negotiable); outside what; out of (?:the question|reach|my hands); don't (?:do|give|offer) (?:any )?discounts?; no room
`;
