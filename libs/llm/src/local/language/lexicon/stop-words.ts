/** Words that say little by themselves: grammar, fillers of speech, and verbs and nouns of all work. General English. */
export const stopWords: ReadonlySet<string> = new Set(
  `a about above actually after again ah all almost along already also although always am among an and another any
  anybody anyone anything anyway are around as ask at away back be because become been before being below between both
  bit but by bye call can cannot cheers come could did do does done down each either else enough er etc even ever
  every everybody everyone everything exactly fair far few fine first for from further get give go going good got great
  guess had ha has have having he hello hello her here hers hey hi him his hm hmm honestly how however i if in instead
  into is it its itself just keep kind know last later least less let like likely little look lot lots lovely make many
  may maybe me mean might mind mine mm moment more most much must my myself near need never next nice no nobody none nor
  not nothing now obviously of off often oh ok okay on once one only onto or other others ought our ours out over own
  part people perfect perhaps please point possible pretty probably put quite rather really right said same say see
  seem several shall she should show side since so some somebody someone something somewhere soon sorry sort still such
  sure take talk tell than thank thanks that the their theirs them themselves then there these they thing things think
  this those though through to today together too try uh um under understand until up upon us use used very want was way
  we well went were what whatever when where whether which while who whom whose why will wish with within without wonder
  would yeah yep yes yet you your yours`
    .split(/\s+/u)
    .filter((word) => word !== ''),
);
