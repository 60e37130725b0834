import { insightTypes, question, type Question } from '@harmony/contracts';
import { newId } from '@harmony/kernel';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Parameters } from '../../read-model/sql.js';
import type { ExportedDefinition } from './column.js';
import { definitionColumns } from './definition-columns.js';
import { shortIds } from './short-ids.js';

const questions: Readonly<Record<string, object>> = {
  OPEN_QUESTION: { question: 'Why?' },
  YES_NO: { question: 'Is it?' },
  CHECKLIST: {
    items: [
      { key: 'a', text: 'Budget' },
      { key: 'b', text: 'Budget' },
    ],
  },
  MARKDOWN: { prompt: 'Write.' },
  GROUP: {
    buckets: [
      { key: 'a', name: 'A' },
      { key: 'b', name: 'B' },
    ],
  },
  SCALE: { question: 'How?', min: -3, max: 3, labels: { '-3': 'bad' } },
  FUNNEL: {
    stages: [
      { key: 'a', name: 'A' },
      { key: 'b', name: 'B' },
    ],
  },
};
const asked = (type: string): Question => question.parse({ type, ...questions[type] });

const definitionOf = (
  type: string,
  title = 'Same',
  versions: ExportedDefinition['versions'] = new Map(),
): ExportedDefinition => ({
  ...{ id: newId(), title, question: asked(type), versions },
});

const headersOf = (definitions: readonly ExportedDefinition[]): string[] => {
  const short = shortIds(definitions.map(({ id }) => id));
  return definitions.flatMap((definition, index) =>
    definitionColumns(definition, {
      alias: `d${index}`,
      shortId: short.get(definition.id) ?? '',
      parameters: new Parameters(1),
    }).map(({ header }) => header),
  );
};

describe('the columns of definitions', () => {
  it('have headers of their own, also where everything is called the same', () => {
    const definitions = [...insightTypes, ...insightTypes].map((type) => definitionOf(type));
    const headers = headersOf(definitions);
    expect(new Set(headers).size).toBe(headers.length);
  });

  it.each(insightTypes)('begin with what became of the question: %s', (type) => {
    const definition = definitionOf(type, 'Next step');
    expect(headersOf([definition])[0]).toBe(`Next step: outcome [d:${definition.id.slice(0, 8)}:outcome]`);
  });

  it('keep the stable part of their name when the title and the texts change', () => {
    const definition = definitionOf('CHECKLIST');
    const renamed = {
      ...definition,
      title: 'Other',
      question: question.parse({
        type: 'CHECKLIST',
        items: [
          { key: 'a', text: 'New' },
          { key: 'b', text: 'Newer' },
        ],
      }),
    };
    const stable = (headers: readonly string[]): unknown => headers.map((header) => /\[[^\]]+\]$/.exec(header)?.[0]);
    expect(stable(headersOf([renamed]))).toEqual(stable(headersOf([definition])));
  });

  it('keep what a checklist once asked, behind what it asks', () => {
    const before = question.parse({
      type: 'CHECKLIST',
      items: [
        { key: 'old', text: 'Old' },
        { key: 'a', text: 'Was' },
      ],
    });
    const headers = headersOf([definitionOf('CHECKLIST', 'List', new Map([[1, before]]))]);
    expect(headers.slice(2).map((header) => header.replace(/ \[d:.{8}/, ' ['))).toEqual([
      'List: Budget [:item:a]',
      'List: Budget [:item:b]',
      'List: Old [:item:old]',
    ]);
  });
});

describe('short ids', () => {
  it('tell apart what they stand for', () => {
    const id = fc.uuid();
    const close = fc.tuple(id, id).map(([left, right]) => `${left.slice(0, 8)}${right.slice(8)}`);
    fc.assert(
      fc.property(fc.uniqueArray(fc.oneof(id, close)), (ids) => {
        const short = shortIds(ids);
        expect(new Set(short.values()).size).toBe(ids.length);
        for (const one of ids) expect(one.startsWith(short.get(one) ?? '-')).toBe(true);
      }),
    );
  });
});
