/** Things that people take upon themselves in a conversation about business. */
const verbs =
  'have (?=(?:an?|the|it|them|that|your|this) )(?!a (?:look|think|coffee|chat|listen|word|go|try))|send|share|forward|email|e-mail|mail|write|bring|invite|introduce|check|ask|tell|talk|speak|call|ring|phone|prepare|draft|draw up|draw|export|pull|dig|set up|set|put|add|move|redirect|switch|pass|take|get|give|make|fix|book|block|reserve|schedule|arrange|organi[sz]e|confirm|update|review|read|test|try|sign|remove|cancel|change|order|pay|print|scan|copy|look|find|follow|come back|go back|get back|report|speak|deliver|install|measure|connect|upload|download|fill|return|collect|discuss|clarify|resend|adjust|correct|raise|log|loop|run|show|build|create|compile|circulate|finali[sz]e|quote|submit|file|register|transfer|chase|visit|come by|drop|hand|start|finish|complete|verify|discuss|present|issue|release|revise|work out|put together|go (?:to|through|and)|let|keep|hold|plug|place|pick|provide|supply|nominate|name|assign|inform|notify|remind|warn|document|note down|enter|sort|sort out|deal with|handle|turn on|turn off|activate|enable|disable|extend|renew|approve';

const adverbs =
  '(?:also |then |now |just |personally |immediately |definitely |certainly |probably |quickly |gladly |happily |try to |make sure to |be sure to )*';

/** "I'll send …", "we're going to check …"; the first group is what will be done. */
export const promise = new RegExp(
  `(?<![\\p{L}])(?:(?:i|we)(?:['’]?ll| will| shall|['’]m going to| am going to|['’]re going to| are going to)|let me(?= (?:get back|come back|check|talk|speak|ask|send|find out)))\\s+${adverbs}((?:${verbs})(?![\\p{L}'’])[^.!?;]*)`,
  'iu',
);
/** "I can redirect the alerts today": a promise where the other side does not say no. */
export const offer = new RegExp(
  `(?<![\\p{L}])(?:i|we) can (?!(?:do|see|hear|give|go|tell|imagine|get|take|try|make|say|ask|read|look|show|put)(?![\\p{L}]))${adverbs}((?:${verbs})(?![\\p{L}'’])[^.!?;]*)`,
  'iu',
);
/** "You'll have it by Friday." */
export const delivery =
  /(?<!\p{L})you(?:['’]ll| will) (?:have|get|receive|find) ((?:it|them|that|the|a|an|our|my|all|everything|an? \w+)(?!\p{L})[^.!?;]*)/iu;
/** "Could you send me …?" */
export const request = new RegExp(
  `(?<![\\p{L}])(?:(?:could|can|would|will) you (?:please |maybe |perhaps |also |just |kindly )*|please )((?:${verbs})(?![\\p{L}'’])[^.!?;]*)`,
  'iu',
);

/** Part of a recap: "you send me the sheet", "Torben sends a week of files"; whom it names, and the deed. */
export const recapClause = new RegExp(
  `^(?:(?:[Ss]o|[Aa]nd|[Tt]hen|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]inally|[Aa]lso|[Nn]ext)[, ]+)*([Ii]|[Ww]e|[Yy]ou|\\p{Lu}\\p{Ll}+)(?:['’]ll| will| to)? ${adverbs}((?:${verbs})(?:e?s)?(?![\\p{L}'’]).*)$`,
  'u',
);
export const recapOpening =
  /(?<!\p{L})(?:to sum (?:it )?up|in summary|to recap|recap|next steps?|read (?:it|that) back|summari[sz]e|so to confirm|to confirm|action items?|what we agreed|let me repeat)(?!\p{L})/iu;

/** Done at once, within the conversation, or not at all. */
export const immediate =
  /^(?:ask (?:the|you|a)\b(?!.*(?:to |if |whether |about ))|come back to (?:a day|that|it|this)|bring (?:somebody|someone)|find out$|(?:share|show) (?:my|you|the|this|a)?\s*(?:screen|you)?|show you|let you (?:go|finish|talk|speak)|let them|be |keep (?:it|this) short|tell you|put (?:it|this|that) (?:this way|on the table|plainly|simply|politely)|take (?:that|it|this)(?: back| as|$|[,.])|take you (?:through|up)|give you (?:an example|a second|that)|ask (?:you|one|a|that|this|it)|go (?:first|ahead|on)|get (?:to|straight|there|used)|do (?:it|that|this|my best)?[,.]?$|talk you through|walk you|start (?:with|simple|by)|come to (?:that|it)|look (?:at it|forward)|see |say|note that$|read (?:it|that|them) (?:back|out)|run you through|do (?:that|this) one|make (?:it|this) (?:quick|short)|do that one|try\b(?! it| that| the)|pass$|pass,|set the scene|call it)/iu;

export const refusal =
  /^\W*(?:no\b|nope|don['’]t|rather not|better not|not (?:yet|now|really)|i['’]d rather not|please don['’]t)/iu;
export const consent =
  /(?<!\p{L})(?:yes|yeah|yep|sure|of course|certainly|will do|i can|i will|i['’]ll|ok|okay|fine|no problem|happy to|absolutely|gladly|consider it done|do that)(?!\p{L})/iu;
/** Stands before what would only be done in some case. */
export const conditional = /(?<!\p{L})(?:if|unless|wouldn['’]t|won['’]t|never)(?!\p{L})[^,;.]{0,40}$/iu;
/** Reasons and afterthoughts behind the deed. */
export const afterthought =
  /,? (?:so (?:that )?(?:i|we|you|it)|because|otherwise|but|then you)(?!\p{L}).*$|, (?:so|then|it['’]s|that|and then|i['’]?(?:ve|m|ll)?|you|we|which|he|she|they|if you)(?!\p{L}).*$/iu;
/** Stands for something that was said before. */
export const leansBack =
  /(?<!\p{L})(?:it|that|them|those|this|these|her|him|so)(?!\p{L})(?! \p{L}+ (?:report|file|list|page|sheet))/iu;
