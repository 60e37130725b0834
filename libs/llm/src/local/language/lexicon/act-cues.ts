/**
 * Cues of English by which a sentence agrees, refuses, asks for something and so on; lower case, straight quotes.
 * General language; nothing of any sample.
 */
const any = (...parts: readonly string[]): RegExp => new RegExp(parts.map((part) => `(?:${part})`).join('|'), 'u');

const start =
  '^(?:["\'(\\s]*)(?:(?:oh|ah|well|ok|okay|so|um|uh|hm|hmm|mm|then|and|but|right|yeah|look|honestly|great|good|alright|all right|lovely|no problem)[,. ]+)*';

export const accept = any(
  `${start}(?:yes|yep|yeah|yup|sure|absolutely|definitely|certainly|agreed|deal|done|perfect|exactly|of course|by all means|gladly|please do|fine|okay|ok|correct|brilliant|sounds (?:good|great|fine|perfect)|works)\\b`,
  '\\b(?:works|fine|good|perfect|okay|ok|great|suits?) (?:for|with|by) (?:me|us|both|everyone|everybody)\\b',
  "\\b(?:sounds|that's|that is|would be|that'd be|is|are|'s) (?:good|great|fine|perfect|lovely|okay|ok|ideal)\\b(?! (?:question|point|to know))",
  "\\b(?:let's|let us) (?:do|go|book|start|take|say|make|get|put|proceed|sign|move)\\b",
  "\\b(?:i|we)(?:'m| am|'re| are) (?:happy|fine|good|okay|ok|comfortable|in|on board|sold|convinced)\\b",
  "\\b(?:i|we)(?:'ll| will|'d like to| would like to|'re going to| are going to) (?:take|go (?:with|ahead|for)|book|buy|order|sign|accept|do (?:it|that)|renew|proceed|have (?:it|that|the)|move ahead|move forward|be there|see you)\\b",
  "\\b(?:put|pencil|book) (?:it|me|us|that|him|her) (?:in|down)\\b|\\bcount (?:me|us) in\\b|\\b(?:you've|you have|we've|we have) (?:got )?a deal\\b|\\bgo ahead\\b",
  '\\b(?:i|we) (?:can|could) (?:do|make) (?:that|it|this|the|\\w+day)\\b|\\bsee you (?:then|on|there|next|\\w+day|tomorrow)\\b|\\btalk (?:then|on \\w+day)\\b',
  "\\b(?:i|we) (?:agree|accept|approve|consent|confirm)\\b|\\bi'm in\\b|\\bwe're in\\b|\\bwe agreed\\b|\\b(?:i|we)(?:'ve| have) (?:agreed|accepted|decided (?:to|on)|signed)\\b",
);

export const reject = any(
  `${start}(?:no|nope|nah|never|not (?:really|yet|now|today|at all|interested|for me|for us|even|this|until|before|going|necessary))\\b(?! (?:problem|worries|rush|hurry|doubt|wonder|idea|trouble|offence|need to (?:worry|apolog)))`,
  "\\b(?:i|we|they|he|she)(?:'m| am|'re| are|'s| is) not (?:going to|doing|signing|buying|interested|ready|prepared|willing|able|committing|agreeing|paying|sure we|taking|promising|putting)\\b",
  "\\b(?:i|we|they) (?:won't|will not|can't|cannot|can not|couldn't|don't want|do not want|don't need|do not need|wouldn't|would not|don't sign|don't do|refuse|decline|'d rather not|would rather not|don't think (?:so|we|i|that))\\b",
  "\\bout of the question\\b|\\bno (?:thanks|thank you|way|chance|deal|interest|point)\\b|\\bnot (?:happening|interested|an option|acceptable|possible|on the table)\\b|\\bi said no\\b|\\bsaying no\\b|\\b(?:turn|turned|turning) (?:it|that|them|him|her|you) down\\b|\\brul(?:e|ed) (?:it|that|them) out\\b|\\bplease (?:don't|do not|no)\\b|\\bdon't (?:call|send|ring|contact|bother|email)\\b|\\bthat's closed\\b",
);

export const request = any(
  '\\b(?:can|could|would|will) (?:you|we|somebody|someone|anyone|anybody|i|he|she|they|your \\w+)\\b[^.!]*\\b(?:please|send|get|have|give|bring|show|arrange|provide|share|call|ring|talk|speak|make|put|look|check|include|add|come|do|tell|explain|throw|waive|move|change|help|email|forward|transfer|escalate|see)\\b',
  "\\b(?:i|we)(?:'d| would) (?:like|love|want|need|appreciate|prefer|expect|rather)\\b|\\b(?:i|we) (?:want|need|expect|demand|insist|require|ask|request|must have|have to have)\\b",
  "\\bplease\\b(?! (?:do|don't|go on|go ahead))|\\b(?:get|have|let|put|ask|tell) (?:him|her|them|me|us|somebody|someone|your \\w+)\\b[^.]*\\b(?:to|call|ring|speak|talk|know|through|on)\\b",
  '^(?:[^a-z]*)(?:and |then |so |just |please |now )?(?:send|give|get|put|show|tell|call|ring|bring|take|make|let|transfer|email|check|include|remove|mail|stop)\\b',
  "\\b(?:i'm|we're|i am|we are) (?:asking|looking) (?:for|you)\\b|\\bmake sure\\b|\\bit would (?:help|be (?:good|great|nice|helpful|useful)) (?:if|to)\\b|\\bis (?:it|there) (?:possible|any chance|a way)\\b|\\bi was going to ask for\\b",
);

export const propose = any(
  "\\b(?:how|what) about\\b|\\b(?:shall|should|can|could|may|might) (?:we|i)\\b|\\blet's\\b|\\bwhy don't (?:we|you|i)\\b|\\bwould (?:it|that|you|next|\\w+day|this|the|tomorrow)\\b[^.]*\\b(?:work|suit|be (?:ok|okay|good|fine|possible|convenient|better)|like|help|want|do)\\b",
  "\\b(?:i|we)(?:'d| would)? (?:suggest|propose|recommend|offer|advise)\\b|\\bdoes (?:that|\\w+day|the \\w+|it|this)\\b[^.]*\\b(?:work|suit|help)\\b|\\b(?:i|we) (?:can|could) (?:offer|do|give|come|send|set|put|arrange)\\b|\\bare you (?:free|available|around)\\b|\\bdo you have time\\b|\\bwhat if (?:we|i|you)\\b",
);

export const promise = any(
  "\\b(?:i|we|you|he|she|they|[a-z]+)(?:'ll| will)\\b(?! (?:be (?:honest|frank)|not\\b|never\\b|see\\b|have to\\b))|\\blet me (?:send|check|get|ask|look|put|find|talk|write|come|take|call|set|arrange|make)\\b|\\b(?:i|we)(?:'m| am|'re| are) going to\\b|\\bi can (?:send|do|get|have|make|set|put|call|email|redirect|arrange)\\b|\\bleave (?:it|that) (?:with|to) me\\b|\\b(?:i|we) promise\\b|\\byou have my word\\b|\\bwill do\\b|\\byou'll (?:have|get|hear)\\b",
);

export const concern = any(
  '\\b(?:concern(?:ed|s|ing)?|worr(?:y|ied|ies|ying)|nervous|anxious|afraid(?= (?:of|that|to|for)\\b)|scared|fear(?:s|ed)?|doubt(?:s|ful)?|hesita(?:nt|te|tion)|sceptical|skeptical|reluctant|reservations?|uneasy|uncomfortable|suspicious|not convinced|unconvinced|not (?:so |too |quite )?sure|objections?|cautious|wary|burn(?:ed|t)|red flag|careful)\\b',
  '\\bwhat (?:if|happens if|happens when|about when)\\b|\\b(?:my|our|the|one|biggest|main|real|only) (?:problem|issue|worry|fear|question mark|trouble|thing) (?:is|was|with|here|would)\\b|\\b(?:bad|terrible|horrible|awful|poor) experiences?\\b|\\bnever again\\b|\\bkeeps? me (?:up|awake)\\b|\\blast time\\b',
  "\\b(?:too|very|really|pretty|quite) (?:risky|expensive|complicated|complex|difficult|hard|long|slow|high|big|late|much|tight|steep)\\b|\\bi don't (?:like|trust|see how|believe|know (?:if|whether|how))\\b|\\bhow (?:do|can) (?:i|we) (?:know|be sure|trust)\\b|\\bnot (?:letting|having|comfortable)\\b",
);

export const problem = any(
  '\\b(?:problems?|issues?|trouble|difficult(?:y|ies)?|pains?|struggl\\w*|complain\\w*|hurts?|annoy\\w*|nuisance|frustrat\\w*|froze\\w*|freez\\w*|stopped|closed|hassle|headache|wrong|mess|chaos|chaotic|circus|broken|breaks?|broke|stuck|fault\\w*|defect\\w*|errors?|mistakes?|fail\\w*|bottleneck|nightmare|suffer\\w*|late|lost|lose|losing|worse|worst|poor(?:ly)?|crash\\w*|delay\\w*|slow|missed|missing|miss|waste\\w*|wasting|overtime|short(?:age|-staffed)?|sick|idle|damaged?|leak\\w*|penalt\\w*|fine[ds]|refund\\w*|cancel\\w*|outage|down(?:time)?|manual\\w*|by hand|twice|double|queue\\w*|waiting|expensive|cost(?:s|ing)? us|unhappy|angry|overloaded|overwhelmed|behind|backlog|unreliable|noisy|noise|dirty|cold|damp|unsafe|injur\\w*|accident\\w*|stress\\w*|exhaust\\w*)\\b',
  "\\b(?:doesn't|don't|didn't|isn't|aren't|can't|couldn't|won't|never|nobody|no one|not)\\b[^.]*\\b(?:works?|worked|kn[oe]ws?|get|got|gets|see|sees|saw|fits?|match\\w*|arrives?|arrived|shows?|answers?|answered|have|had|find|found|helps?|keep|trusts?|comes?|came|reach|cope|enough|on time|feels?|opens?)\\b|\\bgoes? wrong\\b|\\b(?:takes?|took) (?:\\w+ )?(?:too long|forever|ages|hours|days|weeks)\\b|\\bfed up\\b|\\bsick of\\b|\\brun(?:s|ning)? out\\b|\\bhalf (?:a|the) (?:day|shift|morning)\\b",
);

export const praise = any(
  '\\b(?:love|loved|like it|great|excellent|brilliant|fantastic|amazing|perfect|wonderful|impressed|impressive|pleased|delighted|happy with|lovely|helpful|useful|best|works well|no complaints|nothing to complain|quality|recommend|game changer|exactly what)\\b',
);

export const wish = any(
  "\\b(?:i|we|they)(?:'d| would)? (?:want|wish|hope|need|like|love|look forward|are looking|'re looking|have to|must|prefer)\\b|\\b(?:goal|aim|target|priority|dream|ideally|looking for|important (?:for|to) (?:me|us)|matters? (?:most|more|to))\\b",
);

export const summarise = any(
  "\\b(?:(?:to|let me|just to|i'll|quick) (?:sum|recap|summari[sz]e|repeat|wrap)|sum(?:ming)? (?:it |that |this )?up|read (?:it|that|this) back|recap|next steps|to confirm|just so (?:we|i)|so what we(?:'ve| have)? agreed|so,? (?:to be clear|in short|i(?:'ll| will) (?:send|do|get|book|prepare|write|call))|let me (?:repeat|check i have|make sure)|wrap(?:ping)? up|so (?:you|i|we)(?:'ll| will)? \\w+[^.?]*,? (?:and )?(?:i|you|we)(?:'ll| will)?\\b)",
);

export const apologise = any(
  '\\b(?:sorry|apologi[sz]e|apologies|my (?:fault|mistake|bad)|our (?:fault|mistake)|regret|forgive)\\b',
);
export const thank = any('\\b(?:thank|thanks|thx|cheers|appreciate|grateful|merci)\\b');
export const greet = any(`${start}(?:hi|hello|hey|good (?:morning|afternoon|evening)|morning|welcome)\\b`);
export const introduce = any(
  "\\b(?:my name is|my name's|this is [a-z]+ (?:[a-z]+ )?(?:from|at|with|speaking|calling|here)|it's [a-z]+ [a-z]+ (?:from|at|with|here)|i'm (?:calling|ringing) from|[a-z]+ here|speaking|[a-z]+ [a-z]+ from [a-z]+)\\b",
);
export const unsure = any(
  "\\b(?:i|we) (?:don't|do not|didn't|wouldn't|couldn't) (?:know|remember|recall|have (?:a|any|the) (?:number|figure|idea|date)|tell)\\b|\\bno idea\\b|\\bnot sure\\b|\\bmaybe\\b|\\bperhaps\\b|\\b(?:haven't|hasn't) (?:decided|thought|looked|got|checked|seen)\\b|\\bi'd have to (?:look|check|ask)\\b|\\bhard to say\\b|\\bdepends\\b|\\bwe'll see\\b|\\bthink about it\\b|\\b(?:i|we)(?:'d| would)? (?:have to|need to|must) (?:ask|talk|check|discuss|think)\\b|\\bsome (?:day|time)\\b",
);
export const hypothesis = any("\\b(?:if|would|could|might|'d|suppose|imagine|assuming|unless|whether)\\b");
export const past = any(
  '\\b(?:was|were|had|did|used to|ago|last (?:year|month|week|quarter|spring|summer|autumn|winter|time)|yesterday|before|once|previously|back then|years ago)\\b',
);
export const emphasis = any(
  "\\b(?:main|biggest|most|really|honestly|above all|the (?:thing|point|problem|reason|issue) is|that's (?:the|why|what)|the whole|number one|first of all|priority|important|matters|worst|actually|because|only (?:thing|reason)|in the end|bottom line|it's (?:all )?about|frankly|exactly|what i need|what we need)\\b",
);
export const show = any(
  "\\b(?:share my screen|sharing my screen|(?:can|do|should) you see|see (?:here|this|the)|let me show|show(?:ing)? you|here you (?:can )?see|on the (?:left|right|screen|slide)|if (?:i|you) click|this is (?:the|what|how)|as you can see|look at (?:this|the)|dummy data|walk you through|you(?:'ll| will| should| can) see|next slide|over here)\\b",
);
export const joke = any('\\b(?:haha|ha|lol|joking|kidding|just a joke)\\b|:\\)|;\\)');

export const negation =
  /\b(?:not|no|never|nobody|none|nothing|neither|nor|without|hardly|cannot|can't|won't|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|haven't|hasn't|hadn't|wouldn't|couldn't|shouldn't|nope|nah)\b/u;
