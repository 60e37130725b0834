import type { Milestone } from '../deal-progress.js';

/** Words of a stage that speak for a milestone, and how clearly. General English. */
export const stageWords: readonly (readonly [Milestone, number, RegExp])[] = [
  [
    'LOST',
    3,
    /\b(?:lost|rejected|refused|declined|disqualified|dead|no interest|cancelled|dropped out|withdrawn|churned|went elsewhere)\b/iu,
  ],
  [
    'PAPERWORK',
    2,
    /\b(?:signature|(?:counter)?signed|signing|paperwork|paid|deposit|contract (?:is|was|out|sent)|purchase order|onboard\w*|enrolled|registered|completed|handover|executed|under contract)\b/iu,
  ],
  [
    'COMMITMENT',
    2,
    /\b(?:commit\w*|said yes|says yes|(?:a |clear )yes|verbal\w*|accept\w*|agree[ds]?|agreement|won|decided|confirm(?:s|ed)|go-ahead|approv\w+|will (?:buy|renew|sign|take|order|join|come|start)|closed|bought|buys|hires?|hired|joins?|joined|ordered|orders?|gave the order|deal (?:is )?done|promised|takes the|sold)\b/iu,
  ],
  [
    'NEGOTIATION',
    5.5,
    /\b(?:negotiat\w*|terms of their own|haggl\w*|counter\w*|bargain\w*|asked for changes|being worked out|under discussion|objections?|price or (?:contract )?terms|(?:different|other|better|lower|new) (?:price|terms|conditions)|contract talks|fee talks)\b/iu,
  ],
  ['NEGOTIATION', 2, /\b(?:terms|conditions|discount\w*|concessions?)\b/iu],
  [
    'OFFER_ASKED',
    5,
    /\b(?:offer|proposal|quot\w+|estimate|price|bid)\b.{0,20}\b(?:asked for|requested|wanted|awaited|pending|invited|being prepared|in preparation|due|to follow|to come)\b|\b(?:wants?|asks?|asked|requests?|requested|agreed to receive|awaits?|waiting for) (?:for )?(?:an?|the|some) (?:written |firm |first )?(?:offer|proposal|quot\w+|estimate|price|bid)\b/iu,
  ],
  [
    'TRIAL',
    3,
    /\b(?:pilot\w*|trials?|proof of (?:concept|value)|poc|test(?:s|ed|ing)?|samples?|tasters?|try-?outs?|tried|probation\w*|audits?)\b/iu,
  ],
  ['TRIAL', 1, /\bevaluat\w*\b/iu],
  [
    'OFFER',
    2.5,
    /\b(?:offers?|offered|proposals?|quot(?:e|es|ed|ation|ations)|prices?|pric(?:ed|ing)|estimates?|bid|tender|premium|figures? (?:is|are|was|were)? ?(?:given|named))\b/iu,
  ],
  [
    'MEETING',
    3,
    /\b(?:appointment|(?:meetings?|visits?|viewings?|surveys?|inspections?|demo|presentation|calls?|tour|consultation|assessment|interviews?|session|walk-?(?:through|round)) (?:(?:is|are|was|has been|of [\w ]+ is|through the \w+ is|to the \w+ is) )?(?:booked|agreed|fixed|planned|scheduled|arranged|set)|technician is|follow-?up|scheduled)\b/iu,
  ],
  ['COMMITMENT', 1.5, /\b(?:booked|reserved|placed)\b/iu],
  ['BOOKING', 2, /\b(?:booked|reserved|reservation)\b/iu],
  ['REVIEW', 2, /\b(?:value|reviewed|gone through|usage|results?)\b/iu],
  [
    'SHOWN',
    2,
    /\b(?:demo\w*|(?<!interest )shown|showed|present(?:ed|ation)|walk\w*|tour|toured|viewed|viewing|seen|explained|visited)\b/iu,
  ],
  [
    'NEEDS',
    2,
    /\b(?:needs?|discover\w*|problems?|troubles?|situation|explor\w*|requirements?|qualif\w*|understood|pains?|diagnos\w*|analy\w*|assess\w*|goals?|aims|wishes|brief(?:ed)?|facts|talked through|described|discussed|known|noted|gathered|details|fact-?finding)\b/iu,
  ],
  [
    'CONTACT',
    2,
    /\b(?:contact\w*|enquir\w*|inquir\w*|leads?|intro\w*|prospect\w*|approach\w*|first (?:words|exchange|call|contact|talk)|opened|raised|mentioned|initial|cold|new|met|hello|spoken|interest(?:ed)?|curious|general questions)\b/iu,
  ],
];

/** What is not so, or not yet: "not yet shown", "only the paperwork is missing", "without a longer agreement". */
export const notYet =
  /\b(?:no|not|nobody|nothing|neither|nor|none|without|never|yet to|missing|remains?|remaining|(?:is|are) left|outstanding|still (?:open|to)|before any)\b/iu;
