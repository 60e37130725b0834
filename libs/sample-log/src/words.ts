export const teamNames = ['North', 'South', 'Key accounts', 'Renewals', 'Partners', 'Öresund'] as const;

export const firstNames = [
  ...['Anna', 'Bilal', 'Chiara', 'Dmitri', 'Elif', 'Femi', 'Greta', 'Hiro', 'Inês', 'Jonas'],
  ...['Kaja', 'Liam', 'Mei', 'Nour', 'Oskar', 'Priya', 'Quim', 'Rosa', 'Søren', 'Tariq'],
] as const;

export const lastNames = [
  ...['Falk', 'Okafor', 'Rossi', 'Ivanov', 'Demir', 'Adeyemi', 'Lindqvist', 'Tanaka', 'Costa', 'Weber'],
  ...['Novak', 'Murphy', 'Chen', 'Haddad', 'Berg', 'Sharma', 'Puig', 'Silva', 'Dahl', 'Aziz'],
] as const;

export const companies = [
  'Brook Mills',
  'Harbor Freight Lines',
  'Lumen Optics',
  'Quarry & Sons',
  'Tern Logistics',
] as const;

export const tags = [
  'inbound',
  'outbound',
  'renewal',
  'demo',
  'priority',
  'trade fair',
  'später',
  'a,b',
  '"quoted"',
] as const;

/** Some of them as spreadsheets would take them for a formula. */
export const titles = [
  ...['First call', 'Demo', 'Price talk', 'Renewal', 'Onboarding', 'Follow-up', 'Complaint', 'Yearly review'],
  ...['=HYPERLINK("https://example.org","open")', '+1 call back', '@home, "later"', '-2 weeks', 'Line one\nline two'],
] as const;

/** The same competitor in more than one spelling. */
export const competitors = [
  ...['Acme', 'ACME', 'acme', 'Globex', 'globex', 'Initech', 'Umbra Systems', 'UMBRA systems', 'Zwölf', 'zwölf'],
] as const;

export const sentences = [
  'We have forty thousand set aside for the new shelves.',
  'Could you send the offer until Friday?',
  'The old system loses half a day every week.',
  'Our director decides, together with procurement.',
  'How many people would use it on the first day?',
  'Acme gave us a lower price, yet their service was slow.',
  'We would need it before the season begins.',
  'What happens if the machine stands still for a day?',
  'Ten per cent off would make it easy for me.',
  'I will show you the report with the real numbers.',
  'Who else has to agree before we can sign?',
  'That would save us an hour for every order.',
  'Nobody told us that the contract ends in March.',
  'We like what we have seen so far, honestly.',
  'Then let us meet again on the twelfth.',
  'The warehouse in Malmö still works with paper.',
] as const;

export const failureCodes = ['UNSUPPORTED_ANSWER', 'ANSWER_INVALID', 'ANALYST_TIME_LIMIT'] as const;
