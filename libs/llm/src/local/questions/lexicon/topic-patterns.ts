/** What people say about what a conversation is about. General English. */
export const topicPatterns = {
  // A question for what it is about: what made them come, what goes wrong, what they want.
  REASON_ASKED:
    /\b(?:what (?:made|makes|brought|brings|prompted|got) you|why (?:are you|do you|did you|now|change|look)|what(?:'s| is|s)? (?:exactly )?(?:is )?(?:going|gone|not going|goes|the (?:main |biggest |real )?(?:problem|issue|trouble|reason|worry|matter|background|occasion|purpose|goal|aim|trigger)|behind|driving|bothering|troubling|annoy\w+|wrong|difficult|hard|missing)|what (?:bothers|annoys|hurts|worries|goes wrong|went wrong|happened|do you (?:want|need)|are you (?:looking|after|hoping)|can (?:i|we) do for|would you like)|where does it (?:hurt|pinch)|how (?:can|may) (?:i|we) help|biggest (?:problem|challenge|headache|worry)|main (?:problem|reason|thing|worry))\b/iu,
  // Saying what it is about.
  REASON_TOLD:
    /\b(?:(?:the|my|our) (?:whole |main |only |real |biggest )?(?:reason|point|problem|issue|trouble|worry|headache|aim|goal)(?:'s| is| was)|that'?s (?:really |the whole |exactly |the reason |the point |the problem |my |our )?(?:why|what (?:i|we)(?:'m| am|'re| are) (?:after|looking for|here for)|the (?:whole )?(?:reason|point|problem|issue|thing))|it'?s (?:all )?about|what (?:i|we) (?:really )?(?:want|need) is|(?:i|we) (?:just |mainly |really |only )?(?:want|need)(?:ed)?\b|keeps me (?:up|awake)|ringing about|calling about|because of (?:the|that)|above all|most of all|more than anything)\b/iu,
  // A host repeats what the customer wrote or said before.
  REPEATED:
    /\b(?:you(?:'d| had|'ve| have)? (?:written|wrote|said|mentioned|told (?:me|us)|wanted|asked|were (?:saying|telling))|last time you)\b/iu,
  // It is said to be no trouble: what was asked about does not count.
  EASE: /\b(?:(?:it'?s|that'?s|is|was|are) (?:all )?(?:fine|okay|ok|all right|alright|not (?:as |so |that |too )?bad|not (?:really )?(?:a|an|the|my|our) (?:problem|issue|reason|worry|disaster|tragedy|topic)|not (?:what|why) (?:i|we|keeps|it))|not what (?:keeps|i|we)|never (?:had|been|was)|not had (?:a|any|one)|touch wood|no (?:problems?|issues?|complaints?|trouble|idea|worries)|(?:don'?t|doesn'?t) (?:really )?(?:mind|matter|bother|hurt|care|need|worry)|not (?:really|needed|necessary|urgent)|nothing (?:special|wrong|to complain|much)|got used to|works (?:fine|well))\b/iu,
} as const satisfies Readonly<Record<string, RegExp>>;
