interface Part {
  readonly name: string;
  readonly description: string;
}

const byName =
  /^(?:no|none|nothing|not|other|others|unclear|unknown|neither|without|undecided|n\/a|general|miscellaneous)\b/iu;
const byDescription =
  /^(?:no|none|nothing|neither|(?:the )?\w+ (?:names?|raises?|has|gives?|mentions?|shows?|states?|reports?|did not|does not) (?:no|nothing|not|none)|(?:any|every|all)thing else|something else|not )\b|\b(?:raises|names|mentions) (?:nothing|no )/iu;

/** Whether a bucket stands for none of the others. */
export const isNoneOfThem = ({ name, description }: Part): boolean =>
  byName.test(name.trim()) || (byDescription.test(description.trim()) && !/\b(?:but|however)\b/iu.test(description));
