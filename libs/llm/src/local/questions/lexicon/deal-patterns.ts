/** What people say on the way to a deal, and what takes it back. General English, chats without their marks included. */
export const dealPatterns = {
  // Showing something now.
  SHOWING:
    /\b(?:can you (?:all |both )?see (?:my|the|this|it)|shar(?:e|ing) my screen|on (?:the|my|your) (?:screen|left|right|slide)|(?:if|when|now) (?:you|i) (?:click|tap|press|scroll|open|turn)|here (?:you|we) (?:can )?(?:see|have)|as you can see|look (?:at (?:this|the|that)|here)|watch (?:the|this|what)|this (?:one )?is (?:the|your|what|where|how)|here(?:'s| is) (?:the|your|how|where|what)|(?:let me|i'?ll|shall i) show you|walk you (?:through|round)|over here|next (?:slide|page|room)|you(?:'ll| can) see (?:here|the|it|that))\b/iu,
  // What was shown before.
  SEEN: /\b(?:(?:showed|shown) (?:it )?(?:to )?(?:me|us|it)|(?:i|we)(?:'ve| have) seen (?:it|the (?:demo|product|flat|house|place|room|system))|(?:after|in|since|at) (?:the|your|our|last) (?:\w+ )?(?:demo|demonstration|viewing|tour|presentation|walk-?through))\b/iu,
  // What is meant for another day.
  LATER:
    /\b(?:next (?:time|week|month)|half an hour|(?:an|one) hour|\d+ minutes|(?:at|in|for|during) (?:the|our|your) (?:demo|meeting|visit|next)|when (?:we|i|you) (?:meet|come|visit|have)|to you next|tomorrow|later|some ?time)\b|\b(?:i'd|i would|we'd|we would|could|might) (?:show|walk)\b/iu,
  // A price that holds for nobody in particular.
  GENERAL_PRICE:
    /\b(?:list price|(?:smallest|lowest|cheapest|minimum) .{0,30}(?:is|are|costs?|we)|starts? (?:at|from|with)|starting (?:at|from)|from around|upwards?|roughly|ballpark|rule of thumb|typical(?:ly)?|normally|usually|in general|depends|so you know)\b/iu,
  // A price that holds for this customer.
  FIRM_PRICE:
    /\b(?:in total|altogether|all in|comes to|makes|adds up|brings (?:it|you)|for (?:your|the (?:whole|year|job|lot|two|three))|so that'?s|that'?s \w+ .{0,30}(?:a|per|each) (?:month|year|week)|i can offer|we(?:'d| would) charge|our (?:offer|price|quote) (?:is|for))\b|[\dx*] ?= ?\d/iu,
  // An offer that lies there.
  OPEN_OFFER:
    /\b(?:the|your|my|our|this|that) (?:\w+ )?(?:offer|quote|quotation|proposal|estimate|bid)\b(?! (?:you|i) (?:get|will))/iu,
  // An offer that is to come.
  OFFER_TO_COME:
    /\b(?:send|prepare|get|make|draw up|put together|work (?:out|up)|put|write|do|need|want|like|have|give)\b.{0,40}\b(?:quote|quotation|offer|proposal|estimate|costing|price list|prices|bid)\b|\bquote (?:it|that|you|for|us)\b/iu,
  // Asking for a better deal.
  PUSH: /\b(?:what (?:else )?can you (?:do|give)|can(?:'t)? you (?:lose|drop|do (?:better|something|anything|any)|take (?:off|out|that|it)|sharpen|leave out|move)|(?:could|can) we (?:say|make it|agree on|settle)|(?:i|we)(?:'d| would| had)? (?:like|liked|have liked|thought of|hoped for|hoping for|want|need|expected|expecting|take) .{0,40}(?:percent|per cent|%|off\b|less\b)|(?:percent|per cent|%)(?: off)? (?:or|and) (?:i|we|he|she|they|it)|for free\?|(?:is|are) there (?:any|some) (?:discount|leeway|flexibility)|(?:lot|bit) of money|(?:my|our) (?:limit|ceiling|maximum|budget) (?:is|would be|stops)|(?:more|higher) than (?:i|we) (?:thought|expected|hoped|planned|budgeted)|think about (?:\w+ )?(?:percent|per cent|%)|(?:is|are|'s) too long|deal ?breaker|(?:can|could|would|will) you meet (?:me|us) (?:somewhere|half|in the middle|on)|sharpen your pencil|(?:my|our|the) (?:\w+ )?(?:wants?|want) (?:it )?(?:lower|less|cheaper)|any better on|want \w+ percent)\b/iu,
  // Speaking of a better deal without wanting one.
  NO_PUSH:
    /\b(?:not (?:\w+ )?haggl\w+|(?:don'?t|do not|never) (?:haggle|bargain|negotiate|want to (?:talk|speak) about (?:the )?(?:price|money|cost)s?)|if (?:it|that|this|we|i) (?:was|were|had)|(?:gives?|gave|charged|offered|knocked|took) (?:us|me|them|it)\b.*\b(?:off|percent|per cent)|fine with (?:the|that)|(?:is|are) fine|nobody|no ?one|never)\b/iu,
  // Giving something on price or terms.
  GRANT:
    /\b(?:i|we)(?:'ll| will| can| could)(?: also| still)? (?:take|give|knock|put in|do|go|offer|include|waive|drop|reduce|throw|write in|meet|add)\b(?! (?:you )?(?:the|a) (?:call|ring))|\b(?:that )?brings (?:it|you|us)\b|\bwhat i can do\b|\bfree of charge\b|\bat no (?:extra )?(?:charge|cost)\b/iu,
  // Taking something off the price.
  CUT: /\b(?:percent|per cent|%|pounds?|euros?|dollars?|hundred|thousand|\d+) (?:off|less)\b|\b(?:take|knock|get) .{1,25} off\b|\bbrings? (?:it|you|that|us) (?:down )?to\b/iu,
  // Giving up what was asked for.
  LET_GO:
    /\b(?:had to (?:try|ask)|worth (?:asking|a try)|never mind|forget (?:it|about it)|(?:was )?just (?:asking|trying)|can'?t blame me)\b/iu,
  // Trying before buying, in other words.
  TEST: /\b(?:(?:let's|to|and|can|could|we(?:'ll| will)|i(?:'ll| will)) (?:test|try|trial|pilot)(?: out)? (?:it|this|that|them|one|two|a|the|our|your|some)|(?:run|use|have|keep|test|try) (?:it|this|that|them|one) (?:for (?:free|nothing|(?:a|one|two|three|four|six|eight|\d+) (?:days?|weeks?|months?)|the (?:first )?(?:week|month)))|free (?:for|of charge for) (?:\d+|a|one|two|three|four|six) (?:days?|weeks?|months?)|(?:four|two|three|six|\d+)[- ]week test|\w+ (?:lesson|class|session|shift|day) (?:for free|free of charge|on us))\b/iu,
  // Trying that is refused.
  NO_TEST:
    /\b(?:no (?:\w+ )?(?:time for a |need for a |need of a )?(?:trial|pilot|test|sample)|(?:without|skip|don'?t need|do not need|don'?t want) (?:a |the |any )?(?:trial|pilot|test|sample))\b/iu,
  // Asking for a yes.
  CLOSING:
    /\b(?:is (?:it|that) a (?:yes|deal)|(?:do )?we have a deal|shall (?:i|we) (?:go ahead|proceed|place|put it (?:in|through)|draw up|make it official|sign)|(?:want|like|ready|happy) (?:me |us )?to (?:go ahead|proceed|order|sign|commit|place)|are you in\b|can (?:i|we) (?:count on|go ahead|place)|so (?:we're|you're) (?:going ahead|on board|agreed))/iu,
  // A yes in other words.
  YES: /\b(?:(?:i|we) (?:think|said) yes|(?:then|it'?s|that'?s) (?:a |it'?s )?yes\b(?! or)|go ahead(?: with|,|\.|$| and)|place the order|make it so|we'?ll have (?:it|them|that)|you can (?:send|draw up|prepare) the (?:contract|agreement|paperwork|lease|order form)|send (?:me |us |it )?(?:over )?the (?:contract|paperwork|order form|agreement|lease)|(?:we|i)'?(?:ll| will) (?:take|have|go for|go with) (?:it|them|that|both)\b(?! (?:off|out|away|up|to|down|from|back|in))|you(?:'ve| have) got yourself)/iu,
  // Booked there and then.
  BOOKING:
    /\b(?:book (?:her|him|it|them|us|me|that|this|the|one|two)\b|(?:is|are|you're|that's|it's|all|she's|he's) booked\b|put (?:me|us) down for\b)|^booked\b/iu,
  // A signature that was given.
  SIGNED:
    /^(?:\W*(?:ok|okay|done|right|so|there|yes)\W+)*(?:it'?s |that'?s |all )?signed\b|\b(?:just|has|have|'ve|is|been|both|all) signed\b(?! (?:off|up|on))|\b(?:i|she|he|we|they)(?:'ve| have| has)? (?:just )?signed (?:it|the (?:contract|agreement|form|lease|offer|order))\b/iu,
  // Wanting no more of it, in other words.
  UNWANTED:
    /\b(?:(?:don'?t|do not|stop) (?:call|ring|bother|contact|email|writ|phon)\w*(?: (?:me|us|here|again|back)|ing\b)|don'?t want to know|(?:we|i) (?:don'?t|do not|never) (?:use|need|do) (?:any )?(?:agenc\w+|salesm\w+|brokers?|consultants?|companies|people like|such)\b|(?:no|zero) interest|(?:all )?(?:set|sorted) (?:already|thanks|thank you)|we(?:'re| are) (?:all set|fine as we are|happy as we are|sorted))/iu,
} as const satisfies Readonly<Record<string, RegExp>>;
