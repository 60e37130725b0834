import { cues } from '../cues/cues.js';

/** Glad of what is offered, or ready to buy it. */
export const enthusiasm = cues`
  (?:i|we)(?: do| really| quite| already| actually| just| all)? (?:like|love|want|need) (?:it|this|that|the|to|one|you|exactly|what|how);
  i'd (?:love|like|buy|sign|take); we'd (?:love|like to|buy|take|use); we want; let's do (?:it|that|this); let's (?:go|start|move|get); we're in; i'm in; count me in;
  sign me up; i'd sign; where do i sign; looking forward; look forward; can't wait; excited; thrilled; glad; delighted; relieved; keen; excellent; brilliant; fantastic; amazing; wonderful; perfect;
  great; awesome; lovely; superb; oh nice; nice; that's (?:good|clever|smart|useful|exactly|helpful|handy|very good|really good); very useful; useful; helpful; exactly; absolutely; definitely;
  that is literally; impress*; (?:would|will|that'd|it'd|could) (?:really |definitely |certainly |actually )?(?:help|solve|save|change|make); pays? for (?:itself|the); happy with; happy to;
  agreed; deal; sounds (?:good|great|right|fair|perfect); makes sense; best (?:hour|call|thing|news); well done; thank you (?:so much|both|all); we'll go with; we'll take; go ahead;
  when can (?:we|you) (?:start|begin|have|do); how (?:quickly|soon|fast) can; send (?:me|us|it|over) the contract; can it; could it; does it (?:do|also|show|handle|work); i'm sold; music to my ears; that's what (?:we|i) need; yes please; of course; game changer
`;

/** Will do something, or accepts a day. */
export const commitment = cues`
  (?:i'll|i will|we'll|we will|i'm going to|we're going to|let me) (?:\w+ )?(?:send|bring|invite|share|tell|ask|put|check|export|get you|get it|dig|pull|prepare|forward|introduce|set|add|write|come|join|be there|make|have it|take it|talk to|speak to|run|test|try|sign|book|block|print|scan|email|mail|loop|give);
  i can (?:send|bring|get|share|do|make|ask|give|show); we can (?:do|send|start|make|get|share|try); you'll (?:have|get) (?:it|them|the); put it in; put me down; count on; pencil; works for (?:me|us); that works; work* (?:fine|well) for; suits (?:me|us);
  (?:is|'s|are) (?:good|fine|perfect)(?=[.,! ]|$); see you (?:on|then|next|thursday|monday|tuesday|wednesday|friday|tomorrow|at); talk (?:on|then|next|soon|to you|thursday|monday|tuesday|wednesday|friday|tomorrow); i've (?:got|prepared|written|made|done) (?:the|it|that|a list|them); it's in (?:the|my) (?:diary|calendar); send (?:me|us) the (?:invite|invitation|contract|agreement|form|paperwork)
`;

/** Wants less of this, or nothing at all. */
export const rejection = cues`
  not interested; no interest; none of your business; (?:don't|do not|please don't|never) (?:call|ring|send|email|contact|come|bother|talk|put|sell); take (?:me|us|the number|my number|this number) off; remove (?:me|us|my|our); stop (?:calling|ringing|emailing|it);
  (?:don't|do not|couldn't) care; leave (?:me|us) alone; wrong number; wasting (?:my|our) time; waste of (?:time|money); i said; what's it to you; i'm not (?:telling|giving|going to tell|buying); not getting a; you're not (?:getting|plugging|listening|hearing); too busy; no thanks; no thank you;
  we're (?:fine|good|happy|all right|sorted) (?:as|with what|the way|without|thanks); don't need; (?:don't|do not) want (?:it|this|that|any|to talk|your|another); not putting; hang up; hung up; fed up; had enough; you people; get to the point; your problem; who gave you; ridiculous; useless; joke; cancel(?:ling)? (?:the|our|my); (?:leaving|going) (?:you|elsewhere)
`;

/** Half there: unsure, elsewhere, putting it off. */
export const reserve = cues`
  i (?:suppose|guess); i don't (?:really )?know; don't know yet; not (?:really|sure|yet|now|at the moment|a priority|urgent|convinced); maybe; perhaps; some day; some time; one day; we'll see; we will see; let me (?:think|talk|check with); think about it; i'd have to; (?:i|we) (?:would )?have to (?:think|check|ask|look); get back to you; come back to you; i'll (?:write|get back|come back|let you know); let you know;
  (?:rather|better) not; don't want to promise; can't (?:commit|promise|say); no opinion; haven't (?:got|looked|had|seen|really|decided|thought); couldn't (?:say|tell|put); wouldn't know; no (?:rush|hurry); not in a hurry; send (?:me|us) (?:an email|something|some information|information|the brochure|a brochure|what you like); what did you say; sorry, what; say that again; hang on;
  i (?:really )?have to go; got to go; need to (?:go|run|jump); running late; more minutes; drop out; not my (?:call|decision|department|area); someone else; somebody else; whatever; if you (?:like|want|must); hard to say; no idea; next year; another time; doubt; sceptical; skeptical; hesita*
`;

/** Goes along, said towards the end: takes a step, a day or the deal, or says thanks. */
export const goesAlong = cues`
  signed; agreed; deal; go ahead; put (?:it|them|me|us) (?:in|down); book (?:it|us|me); let's (?:do|go|start); (?:is|are|that's|it's|what's) (?:good|fine|perfect|clear); (?:that )?works; see you; (?:i|we)(?:'ll| will) (?:send|open|bring|tell|have|ask|prepare|decide|do|be|get|take|put|make); will do; send (?:it|me|us|the);
  thanks?; thank you; thx; looking forward; straight away; of course; please; you too; you'll have; got it
`;

/** Backs out, said towards the end: wants no call, promises nothing, leaves it open. */
export const backsOut = cues`
  (?:don't|dont|not|never|no) (?:be )?(?:ring*|call*|bother*|promis*|interest*|need*|want*|sure); shan't; nothing to do with; no thanks?; leave it; we'll see; think about it; maybe; perhaps; if you (?:like|want|must); let you know; get back to you; some (?:time|day); another time; not now; have to go; got to go; don't know; dont know; suppose; guess
`;
