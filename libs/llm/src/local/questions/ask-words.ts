const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/u).filter((word) => word !== ''));

/** Words for whoever is sold to, served or advised, by lemma, wherever they stand. */
export const customerWords = set(`customer buyer client prospect prospective caller lead shopper purchaser`);

/** Words that stand for the customer where they do what is asked, and else are what it is about, by lemma. */
export const customerSubjects = set(`
  patient guest tenant student parent member consumer homeowner applicant borrower policyholder resident traveller
  traveler subscriber payer visitor landlord owner employer candidate couple family user partner donor farmer driver`);

/** Words for whoever sells, serves or advises, by lemma, wherever they stand. */
export const hostWords = set(`
  host seller rep representative agent salesperson salesman saleswoman advisor adviser consultant csm broker we us our`);

/** Words that stand for the host where they do what is asked, and else are what it is about, by lemma. */
export const hostSubjects = set(`
  vendor supplier provider manager technician coach estimator recruiter presenter planner team specialist coordinator
  employee staff operator dealer expert support company`);

/** What a question wants somebody to have done, by what its verb means. */
export type AskedAct =
  | 'REQUEST'
  | 'QUESTION'
  | 'AGREE'
  | 'REFUSE'
  | 'CONCERN'
  | 'OFFER'
  | 'PROMISE'
  | 'SUMMARISE'
  | 'SHOW'
  | 'INTRODUCE'
  | 'APOLOGISE'
  | 'THANK'
  | 'PRAISE'
  | 'THREATEN'
  | 'WISH'
  | 'STATE';

/** Verbs, and nouns that do the work of verbs ("voice a concern"), by lemma; the first that stands in a question counts. */
export const actWords: ReadonlyMap<string, AskedAct> = new Map(
  Object.entries({
    REQUEST: 'request demand insist want need require seek urge',
    QUESTION: 'ask inquire enquire question probe explore',
    AGREE:
      'agree accept commit consent approve book schedule arrange fix decide settle sign buy purchase order choose renew',
    REFUSE: 'refuse decline reject dismiss deny oppose resist object',
    CONCERN:
      'concern worry doubt objection complain complaint hesitate fear reservation criticise criticize criticism hesitation scepticism skepticism dissatisfaction frustration',
    OFFER: 'offer propose suggest recommend advise pitch',
    PROMISE: 'promise pledge guarantee undertake assure',
    SUMMARISE: 'summarise summarize recap repeat',
    SHOW: 'show demonstrate demo display walk',
    INTRODUCE: 'introduce greet welcome',
    APOLOGISE: 'apologise apologize apology',
    THANK: 'thank appreciate',
    PRAISE: 'praise compliment like love enjoy satisfy',
    THREATEN: 'threaten threat cancel leave switch terminate quit churn',
    WISH: 'wish hope intend interest',
    STATE:
      'state name mention say tell give describe disclose explain quote provide share reveal establish specify report indicate cover discuss address review note outline express voice raise know cite estimate set present confirm identify verify clarify check inform tell warn notify remind',
  }).flatMap(([act, words]) => words.split(' ').map((word) => [word, act as AskedAct] as const)),
);

/** Words that frame a question and are not what it is about, by lemma. */
export const frameWords = set(`
  side both party conversation call meeting chat discussion specific named exact clear clearly explicit explicitly least
  open first general way form kind type involved regard regarding concern about during once whether definitely really
  figure number amount total sum day date calendar measurable concrete certain particular own any already actual
  actually currently today largest biggest highest lowest smallest single how money according accord detail item topic matter main reason thing make makes final product service solution company`);

/** Words of a place in the conversation, "at the end", that mean something else without the article: "when does it end". */
export const placeWords = set(`end beginning start`);

/** Verbs whose passive has the one who hears as its subject: "the customer was told". */
export const received =
  /^(?:told|informed|advised|warned|notified|reminded|offered|asked|thanked|greeted|shown|given|promised|sent|quoted|welcomed)$/u;
