import { cpus, totalmem } from 'node:os';
import type { BenchOptions, BenchResult, Comparison, Figure } from './bench.js';
import { ratiosOf, spreadOf, type Spread } from './statistics.js';
import { aligned, rounded } from './text.js';

interface Line extends Comparison {
  readonly rate: Spread;
  readonly peerRate: Spread;
  readonly ratio: Spread;
  /** Undefined where there is no target to judge by. */
  readonly met: boolean | undefined;
}

interface FigureLine extends Figure {
  readonly spread: Spread;
  readonly met: boolean | undefined;
}

export interface Report {
  readonly name: string;
  readonly machine: Readonly<Record<string, string | number>>;
  readonly options: BenchOptions;
  readonly result: BenchResult;
  readonly lines: readonly Line[];
  readonly figures: readonly FigureLine[];
}

export function reportOf(name: string, options: BenchOptions, result: BenchResult): Report {
  const figures = (result.figures ?? []).map(toFigureLine);
  return { name, options, result, machine: machine(), lines: result.comparisons.map(toLine), figures };
}

/** True unless a line misses its target or limit; a quick run is not judged. */
export const isGoodEnough = ({ options, lines, figures }: Report): boolean =>
  options.quick || [...lines, ...figures].every(({ met }) => met !== false);

function toLine(comparison: Comparison): Line {
  const ratio = spreadOf(ratiosOf(comparison.ourRates, comparison.peerRates));
  const met = comparison.target === undefined ? undefined : ratio.median >= comparison.target;
  return { ...comparison, rate: spreadOf(comparison.ourRates), peerRate: spreadOf(comparison.peerRates), ratio, met };
}

function toFigureLine(figure: Figure): FigureLine {
  const spread = spreadOf(figure.values);
  return { ...figure, spread, met: figure.limit === undefined ? undefined : spread.median <= figure.limit };
}

function machine(): Record<string, string | number> {
  const cores = cpus();
  const memoryGiB = Math.round(totalmem() / 2 ** 30);
  return { cpu: cores[0]?.model ?? 'unknown', cores: cores.length, memoryGiB, node: process.version };
}

/** For people. */
export function asTable({ name, machine: where, options, result, lines, figures }: Report): string {
  const facts = Object.entries({ ...where, ...result.facts, seed: options.seed });
  return [
    `${name}${options.quick ? ' (quick: figures mean nothing)' : ''}`,
    facts.map(([fact, value]) => `${fact}: ${value}`).join(', '),
    ...comparisonRows(lines, options.quick),
    ...figureRows(figures, options.quick),
    ...(result.skipped ?? []).map((line) => `skipped: ${line}`),
    ...result.checks.map((check) => `checked: ${check}`),
    '',
  ].join('\n');
}

function comparisonRows(lines: readonly Line[], quick: boolean): string[] {
  if (lines.length === 0) return [];
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
    quick || line.met === undefined ? '' : line.met ? 'met' : 'BELOW',
  ]);
  return aligned([header, ...rows]);
}

function figureRows(figures: readonly FigureLine[], quick: boolean): string[] {
  if (figures.length === 0) return [];
  const header = ['workload', 'figure', 'median', 'min', 'max', 'unit', 'limit', ''];
  const rows = figures.map(({ workload, what, unit, spread, limit, met }) => [
    ...[workload, what],
    ...[spread.median, spread.least, spread.most].map(rounded),
    ...[unit, limit?.toString() ?? '-'],
    quick || met === undefined ? '' : met ? 'met' : 'ABOVE',
  ]);
  return aligned([header, ...rows]);
}

/** For programs: one line. */
export function asJson({ name, machine: where, options, result, lines, figures }: Report): string {
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
  const amounts = figures.map(({ workload, what, unit, spread, limit, met }) => ({
    ...{ workload, what, unit, ...spread, limit },
    met: options.quick ? undefined : met,
  }));
  return JSON.stringify({
    ...{ bench: name, ...options, ...where, ...result.facts, comparisons },
    ...(amounts.length > 0 && { figures: amounts }),
    ...(result.skipped && { skipped: result.skipped }),
    checks: result.checks,
  });
}
