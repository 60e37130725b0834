import { differences, oracleReport, reportJson, type OracleRequest, type World } from '@harmony/report-oracle';
import { HarmonyError, type ReportFilter } from '@harmony/contracts';
import { z } from 'zod';
import { graphql, send, type Access } from '../support/api.js';
import { reportDocument } from './documents.js';
import type { Reader } from './sample-harmony.js';

const codeSchema = z.object({ code: z.string() });

/** The value, or the code of its refusal. */
export function orCode<Value>(compute: () => Value): Value | string {
  try {
    return compute();
  } catch (error) {
    if (error instanceof HarmonyError) return error.code;
    throw error;
  }
}

/** One field of a GraphQL answer, or the code of its refusal. */
export async function ask(access: Access, document: string, variables: object, field: string): Promise<unknown> {
  const { data, errors } = await graphql(access, document, variables);
  const [error] = errors ?? [];
  return error ? (error.extensions?.code ?? error.message) : data?.[field];
}

/** A GET, or the code of its refusal. */
export async function get(access: Access, path: string): Promise<unknown> {
  const { status, body } = await send(access, 'GET', path);
  return status === 200 ? body : codeSchema.parse(body).code;
}

/** As GraphQL takes a filter. */
const filterInput = ({ from, to, customFields, ...lists }: ReportFilter): object => ({
  ...(from !== null && { from }),
  ...(to !== null && { to }),
  ...lists,
  customFields: customFields.map(({ value, ...field }) => ({
    ...field,
    ...(value !== null && { value: valueInput(value) }),
  })),
});

function valueInput(value: string | number | boolean): object {
  if (typeof value === 'string') return { text: value };
  return typeof value === 'number' ? { number: value } : { boolean: value };
}

export const variablesOf = ({ projectId, filter, display, includeInactive, moment }: OracleRequest): object => ({
  ...{ projectId, filter: filterInput(filter), display, includeInactive, ...moment },
});

const cardsSchema = z.looseObject({
  cards: z.array(
    z.looseObject({
      latest: z.array(z.object({ conversation: z.looseObject({ id: z.string() }), runId: z.string() }).loose()),
    }),
  ),
});

/** A report as the oracle has it: where the latest results are found, and no more of them. */
export function plainReport(report: unknown): unknown {
  if (typeof report === 'string') return report;
  const {
    projectId: _,
    name: _name,
    asOf: _asOf,
    timeZone: _zone,
    export: _export,
    ...shown
  } = cardsSchema.parse(report);
  return {
    ...shown,
    cards: shown.cards.map(({ metShare: _share, ...card }) => ({
      ...card,
      latest: card.latest.map(({ conversation, runId }) => ({
        ...{ conversationId: conversation.id, runId, definitionId: card['definitionId'] },
      })),
    })),
  };
}

/** What the report should be. */
export function expectedReport(world: World, { sees }: Reader, request: OracleRequest): unknown {
  const report = orCode(() => reportJson(oracleReport(world, sees, request)));
  if (typeof report === 'string') return report;
  const cards = report.cards.map((card) => ({ ...card, metShare: undefined }));
  return { ...report, cards };
}

/** Where a report in GraphQL differs from the log. */
export async function reportDifferences(world: World, reader: Reader, request: OracleRequest): Promise<string[]> {
  const report = await ask(reader.access, reportDocument, variablesOf(request), 'projectReport');
  return differences(plainReport(report), expectedReport(world, reader, request));
}
