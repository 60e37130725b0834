import { cpus, totalmem } from 'node:os';
import type { BenchOptions, BenchResult, Comparison } from './bench.js';
import { ratiosOf, spreadOf, type Spread } from './statistics.js';

interface Line extends Comparison {
  readonly rate: Spread;
  readonly peerRate: Spread;
  readonly ratio: Spread;
  /** Undefined where there is no target to judge by. */
  readonly met: boolean | undefined;
}

export interface Report {
  readonly name: string;
  readonly machine: Readonly<Record<string, string | number>>;
  readonly options: BenchOptions;
  readonly result: BenchResult;
  readonly lines: readonly Line[];
}

export function reportOf(name: string, options: BenchOptions, result: BenchResult): Report {
  return { name, options, result, machine: machine(), lines: result.comparisons.map(toLine) };
}

/** True unless a line with a target stays below it; a quick run is not judged. */
export const isGoodEnough = ({ options, lines }: Report): boolean =>
  options.quick || lines.every(({ met }) => met !== false);

function toLine(comparison: Comparison): Line {
  const ratio = spreadOf(ratiosOf(comparison.ourRates, comparison.peerRates));
  const met = comparison.target === undefined ? undefined : ratio.median >= comparison.target;
  return { ...comparison, rate: spreadOf(comparison.ourRates), peerRate: spreadOf(comparison.peerRates), ratio, met };
}

function machine(): Record<string, string | number> {
  const cores = cpus();
  const memoryGiB = Math.round(totalmem() / 2 ** 30);
  return { cpu: cores[0]?.model ?? 'unknown', cores: cores.length, memoryGiB, node: process.version };
}

/** For people. */
export function asTable({ name, machine: where, options, result, lines }: Report): string {
  const header = ['workload', 'ours', 'peer', 'ours', 'peer', 'unit', 'ratio', 'min', 'max', 'target', ''];
  const rows = lines.map((line) => [
    line.workload,
    line.ours,
    line.peer,
    rounded(line.rate.median),
    rounded(line.peerRate.median),
    line.unit,
    ...[line.ratio.median, line.ratio.least, line.ratio.most].map((ratio) => ratio.toFixed(2)),
    line.target?.toFixed(2) ?? '-',
    options.quick || line.met === undefined ? '' : line.met ? 'met' : 'BELOW',
  ]);
  const facts = Object.entries({ ...where, ...result.facts, seed: options.seed });
  return [
    `${name}${options.quick ? ' (quick: figures mean nothing)' : ''}`,
    facts.map(([fact, value]) => `${fact}: ${value}`).join(', '),
    ...aligned([header, ...rows]),
    ...result.checks.map((check) => `checked: ${check}`),
    '',
  ].join('\n');
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}

const rounded = (rate: number): string => (rate < 100 ? rate.toFixed(1) : Math.round(rate).toString());

/** For programs: one line. */
export function asJson({ name, machine: where, options, result, lines }: Report): string {
  const comparisons = lines.map(({ workload, ours, peer, unit, rate, peerRate, ratio, target, met }) => ({
    workload,
    ours,
    peer,
    unit,
    ourRate: rate.median,
    peerRate: peerRate.median,
    ratio: ratio.median,
    ratioMin: ratio.least,
    ratioMax: ratio.most,
    target,
    met: options.quick ? undefined : met,
  }));
  return JSON.stringify({ bench: name, ...options, ...where, ...result.facts, comparisons, checks: result.checks });
}
