import { aims } from '../scoring/aims.js';
import type { Measured } from '../scoring/measures.js';
import type { Summary, TypeSummary } from './summarise.js';

const percent = (value: number | null | undefined): string =>
  typeof value === 'number' ? `${(value * 100).toFixed(1)} %` : '-';
const least = (measure: string): string => percent(aims.get(measure));
const counted = ({ hits, of }: Measured): string => `${hits}/${of}`;

const headings = [
  ...['type', 'n', 'measure', 'value', 'aim', 'right/of', 'ev. valid', 'ev. hit'],
  ...['abstained', 'failed', 'ms', 'tokens', 'cost $'],
];

/** A table for people; each type is a line, and its further measures follow below. */
export function table({ types, measures }: Summary): string {
  const rows = types.flatMap(rowsOf);
  const overall = ['evidence.valid', 'evidence.hit', 'repeat.same', 'injection.unchanged'].flatMap((name) => {
    const one = measures.get(name);
    return one ? [['all', '', name, percent(one.value), least(name), counted(one)]] : [];
  });
  return columns([headings, ...rows, ...overall]);
}

function rowsOf(summary: TypeSummary): string[][] {
  const [first, ...further] = Object.entries(summary.measures);
  const measure = (name: string, value: Measured): string[] => [
    ...[name, percent(value.value), least(`${summary.type}.${name}`), counted(value)],
  ];
  return [
    [
      ...[summary.type, String(summary.answers)],
      ...(first ? measure(...first) : ['', '', '', '']),
      ...[percent(summary.evidenceValid.value), percent(summary.evidenceHit.value)],
      ...[String(summary.notDiscussed), failures(summary), summary.medianMs.toFixed(1)],
      ...[String(summary.tokens), (summary.costMicros / 1_000_000).toFixed(4)],
    ],
    ...further.map((one) => ['', '', ...measure(...one)]),
  ];
}

const failures = ({ failures: codes }: TypeSummary): string =>
  Object.entries(codes)
    .map(([code, count]) => `${count} ${code}`)
    .join(', ') || '0';

function columns(rows: readonly (readonly string[])[]): string {
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const isText = (column: number): boolean => column === 0 || column === 2 || column === 9;
  return rows
    .map((row) =>
      row
        .map((cell, column) => (isText(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
