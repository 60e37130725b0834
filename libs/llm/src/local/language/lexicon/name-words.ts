const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/u).filter((word) => word !== ''));

/** Words that are written with a capital letter and name neither a person nor a company. */
export const commonCapitalised = set(`
  i i'm i'll i've i'd monday tuesday wednesday thursday friday saturday sunday january february march april may june july
  august september october november december jan feb mar apr jun jul aug sep sept oct nov dec easter christmas
  thanksgiving english german french spanish italian dutch polish swedish danish norwegian british american european
  chinese japanese indian mr mrs ms dr ok okay yes no yeah yep hi hello hey thanks thank sorry well so and but or if then
  the a an we you he she they it this that these those there here what when where who why how which good morning afternoon
  evening great right fine sure look let please oh ah um uh hm mm pdf ceo cfo coo cto cio hr it erp crm wms api eta qa vat
  gdpr iso sms url usb gps id ai kpi roi rfp sla poc nda faq pos led tv uk us usa eu asap eur usd gbp q1 q2 q3 q4 not my
  our your his her their its all any some most every each one two three four five six seven eight nine ten both neither
  either just only also even still now today tomorrow yesterday tonight of in on at by for from with about as to do does
  did is are was were have has had can could will would shall should may might must god lovely perfect brilliant wow haha
  ha lol bye cheers exactly absolutely agreed correct done nothing everything something anyone anybody nobody somebody
  someone excel word outlook none such other another same many much more most very really quite too hang wait listen give take get go come tell say see put make keep stop start try ask send call hold`);

/** Words that say which role somebody has. */
export const roleWords = set(`
  ceo cfo coo cto cio cmo md vp director manager head boss chief owner founder president chairman chairwoman chair partner
  principal controller treasurer accountant lawyer solicitor attorney counsel secretary assistant colleague supervisor lead
  leader foreman planner buyer engineer technician architect doctor nurse teacher wife husband mother father brother
  sister son daughter cousin uncle aunt spouse landlord tenant trustee dean bursar caretaker successor predecessor
  coordinator administrator executive officer analyst consultant adviser advisor agent rep representative chef steward`);

/** Words in names of companies and other bodies. */
export const organisationWords = set(`
  ltd limited inc inc. llc plc gmbh ag sa bv nv ab as oy corp corporation company co group holding holdings partners
  solutions systems software technologies technology labs logistics foods bank insurance university college school hospital
  clinic trust council ministry association foundation institute committee board department team services industries
  motors energy pharma hotel hotels restaurant studio studios media agency consulting brothers`);
