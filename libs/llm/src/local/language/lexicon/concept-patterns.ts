/**
 * Ways of speaking that mean a concept although none of its words is there; matched against the words of a sentence in
 * lower case, with single spaces. General English idiom; nothing of any sample.
 */
export const conceptPatterns: readonly (readonly [string, RegExp])[] = [
  [
    'decide',
    /\b(?:anything|everything|nothing|all|purchases?|amounts?) (?:over|above|below|under|beyond|more than|bigger)\b|\b(?:chequebook|checkbook|purse|last word|final word|final say|last say) (?:is|lies|sits|belongs)\b|\b(?:has|have|gets|with) the (?:final|last) (?:say|word)\b|\bits? (?:goes|has to go|needs to go) (?:to|through|past|before|by)\b|\bnothing (?:gets|is|goes)\b.*\b(?:unless|without)\b|\b(?:put|puts|have|has) (?:his|her|their) name\b|\bname (?:on|under) it\b|\b(?:run|runs|take|takes|bring|brings) (?:it|this|that) (?:by|past|to) (?:the|my|our)\b|\b(?:holds?|controls?) the (?:budget|purse|money)\b|\bbudget holder\b|\bup to (?:me|him|her|them|the)\b|\bi (?:only|just) (?:recommend|make the recommendation)\b/u,
  ],
  [
    'result',
    /\bused to (?:be|take|have|cost|pay|spend|catch|get)\b.*\b(?:now|it is|today|last)\b|\b(?:from|down from|up from) (?:about |around |roughly |over |nearly )?[\w-]+(?: [\w-]+){0,3} to\b|\b(?:halved|doubled|tripled|quadrupled)\b|\b(?:twice|half|three times) as (?:many|much|fast|long)\b|\b(?:we|it|that|they) (?:have |has )?(?:saved|cut|gained|won|grew|earned|shaved)\b|\b(?:last|the) (?:year|month|quarter) (?:we|it|it was|before)\b.*\b(?:this year|now|this)\b|\b(?:fewer|less|more|faster|lower|higher) (?:than|since) (?:before|last)\b/u,
  ],
  [
    'agenda',
    /\b(?:i|we) (?:have|'ve|got|had|thought|wanted|would like|planned|suggest)\b.*\b(?:things|points|topics|parts|minutes)\b|\b(?:so|today|first)\b.*\bthen\b.*\b(?:and|then|after|finally)\b.*\b(?:look|talk|go|show|discuss|see|price|next|question)/u,
  ],
  [
    'golive',
    /\b(?:be|have|get|got|had|need|want|has|see) (?:it |this |that |them |everything |both \w+ |all \w+ )?(?:live|running|ready|in place|done|finished|installed|delivered|sorted|working|open)\b|\b(?:start|starting|begin|launch|open|move in|switch over|go live)(?:ing)? (?:in|on|by|from|before|with|at)\b/u,
  ],
  ['admit', /\b(?:let|lets|letting) (?:\w+ ){1,4}in\b(?! (?:on|for))/u],
  [
    'trapped',
    /\b(?:got|get|gets|was|were|sat|stood|is) (?:\w+ )?(?:stuck|trapped|shut|caught|locked)\b|\b(?:got|get|getting) (?:him|her|them|me|us|you) out\b/u,
  ],
  [
    'budget',
    /\b(?:limit|ceiling|maximum|cap|budget) (?:is|of|was|would be|for)\b|\b(?:cannot|can not|could not|will not|not) (?:go|spend|pay) (?:over|above|more than|beyond|any more)\b|\b(?:put|set) aside\b|\bup to (?:about |around )?(?:€|\$|£|\d|[a-z]+ (?:thousand|hundred|grand))|\bno more than\b|\b(?:we|i) have (?:about |around |roughly )?(?:€|\$|£)/u,
  ],
  [
    'urgent',
    /\b(?:has|have|had|needs?|must) to be\b.*\b(?:by|before|until)\b|\b(?:otherwise|or else) (?:there is|it is|we|i)\b|\bcannot wait\b|\brunning out\b|\bat the (?:very )?latest\b/u,
  ],
  [
    'concern',
    /\bcold feet\b|\bgut feeling\b|\bsleepless\b|\bbitten\b|\bhow do i know\b|\b(?:last|previous) (?:time|one|company|supplier|provider)\b.*\b(?:broke|wrong|never|mess|disaster|failed|late|lost)\b/u,
  ],
  [
    'satisfied',
    /\bno complaints?\b|\bnothing to complain\b|\bcould not be happier\b|\bexactly what (?:i|we)\b|\bbest (?:thing|hour|decision)\b/u,
  ],
  [
    'recap',
    /\blet me (?:just )?(?:repeat|read|go over|sum|recap)\b|\bso (?:you|i|we) (?:will )?send\b.*\bi (?:will )?\b/u,
  ],
  [
    'identity',
    /\bdate of birth\b|\b(?:customer|account|policy|reference|booking|contract|membership) number\b|\bspell (?:your|the) name\b|\bcan you confirm your\b|\byour (?:full )?name and\b/u,
  ],
  [
    'current',
    /\bat the moment\b|\bthese days\b|\bright now\b|\bas of now\b|\bso far we\b|\bwe (?:use|run|have been using|work with|are on|are with)\b/u,
  ],
  [
    'competitor',
    /\b(?:other|another|second|different|two other|three other) (?:quotes?|offers?|compan(?:y|ies)|provider|supplier|vendor|firm|bid|agency|broker|builder|school|gym|clinic)s?\b|\bcoming in (?:on|to)\b|\balso (?:talking|speaking|looking|spoke|talked) (?:to|at|with)\b|\bshopping around\b|\b(?:someone|somebody|one) else (?:quoted|offered|said)\b/u,
  ],
];
