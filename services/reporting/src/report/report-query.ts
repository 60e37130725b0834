import { parseInput } from '@harmony/api';
import { HarmonyError, reportFilter, type CustomFieldFilter, type ReportFilter } from '@harmony/contracts';
import { z } from 'zod';
import { given } from '../api/given.js';
import type { RequestedMoment } from '../api/moment.args.js';
import { reportDisplay, type ReportDisplay } from '../domain/display.js';

/** A query parameter that may be given several times. */
const repeated = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(item).max(200).optional());

const { tagMatch, statuses, media, runKinds } = reportFilter.shape;
const { as, interval } = reportDisplay.shape;
const itemOf = <Item extends z.ZodType>(list: z.ZodDefault<z.ZodArray<Item>>): Item => list.unwrap().element;

const instant = z.iso.datetime({ offset: true }).optional();

/** Query of `GET /v1/projects/{id}/report`; everything may be left out, and all that is given must hold. */
export const reportQuerySchema = z.strictObject({
  from: instant.describe('Took place then or later, else came in.'),
  to: instant.describe('Took place before, else came in.'),
  team: repeated(z.string()).describe('Id of a team; any of those given.'),
  tag: repeated(z.string()).describe('Compared without case.'),
  tagMatch: tagMatch.unwrap().optional().describe('How many of the tags; ANY unless told.'),
  status: repeated(itemOf(statuses)).describe('Any of these.'),
  owner: repeated(z.string()).describe('Id of a user; any of those given.'),
  contact: repeated(z.string()).describe('Id of a contact; any of those given.'),
  medium: repeated(itemOf(media)).describe('Any of these.'),
  customField: repeated(z.string()).describe(
    'key:OPERATOR:value, for instance seats:AT_LEAST:10, tier:EQUALS:gold or tier:IS_SET; a value in double quotes is text whatever it looks like. All must hold.',
  ),
  runKind: repeated(itemOf(runKinds)).describe('Results of runs of any of these kinds.'),
  revision: repeated(z.string()).describe('Results that any of these revisions brought.'),
  as: as.unwrap().optional().describe('GRAPHS unless told; LIST has no trends.'),
  interval: interval.unwrap().unwrap().optional().describe('By the length of the range unless told.'),
  timeZone: z.string().optional().describe('Where days begin, for instance Europe/Berlin; UTC unless told.'),
  latest: z.coerce.number().int().optional().describe('Latest results a card, 0 to 20; 5 unless told.'),
  includeInactive: z
    .stringbool({ truthy: ['true'], falsy: ['false'] })
    .optional()
    .describe('Also definitions that were switched off or removed.'),
  asOf: instant.describe('Everything as it was at this time.'),
  revisionId: z.string().optional().describe('Exactly the results of this revision, whether it is live or not.'),
});

/** What a query asks for, without its project. */
export interface AskedReport {
  readonly filter: ReportFilter;
  readonly display: ReportDisplay;
  readonly moment: RequestedMoment;
  readonly includeInactive: boolean;
}

/** @throws HarmonyError INVALID_INPUT with a pointer for each parameter that is refused. */
export function askedReport(query: unknown): AskedReport {
  const asked = parseInput(reportQuerySchema, query);
  const filter = {
    ...{ from: utc(asked.from), to: utc(asked.to), teamIds: asked.team, tags: asked.tag, tagMatch: asked.tagMatch },
    ...{ statuses: asked.status, ownerIds: asked.owner, contactIds: asked.contact, media: asked.medium },
    ...{ runKinds: asked.runKind, revisionIds: asked.revision, customFields: asked.customField?.map(customField) },
  };
  const { as: form, interval: every, timeZone, latest } = asked;
  return {
    filter: parseInput(reportFilter, given(filter)),
    display: parseInput(reportDisplay, { as: form, interval: every, timeZone, latest }),
    moment: { asOf: utc(asked.asOf) ?? null, revisionId: asked.revisionId ?? null },
    includeInactive: asked.includeInactive ?? false,
  };
}

const utc = (instantText: string | undefined): string | undefined =>
  instantText === undefined ? undefined : new Date(instantText).toISOString();

function customField(text: string, index: number): Partial<CustomFieldFilter> {
  const [, key, operator, value] = /^([^:]+):([A-Z_]+)(?::(.*))?$/s.exec(text) ?? [];
  if (key === undefined || operator === undefined) {
    throw new HarmonyError('INVALID_INPUT', {
      errors: [{ pointer: `/customField/${index}`, detail: 'Must be key:OPERATOR:value, or key:IS_SET.' }],
    });
  }
  return {
    key,
    operator: operator as CustomFieldFilter['operator'],
    value: value === undefined ? null : valueOf(value),
  };
}

/** Numbers, true, false and quoted text as JSON has them; everything else is text. */
function valueOf(text: string): CustomFieldFilter['value'] {
  const value = z.union([z.number(), z.boolean(), z.string()]).safeParse(jsonOf(text));
  return value.success ? value.data : text;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
