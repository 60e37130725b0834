import { HarmonyError } from '@harmony/contracts';
import { formatPosition } from '@harmony/event-store';
import {
  dropArchive,
  replay,
  verify,
  type Comparison,
  type ReplayProgress,
  type RowDifference,
} from '@harmony/read-model';
import { exitCodes, type ExitCode, type Operator, type Voice } from '../operator.js';
import { count, duration, json } from '../output/text.js';
import { findProjection } from './find-projection.js';

export interface ReplayWish {
  readonly verify: boolean;
  /** Park streams whose events cannot be applied, instead of stopping there. */
  readonly park: boolean;
  readonly signal: AbortSignal;
}

/** `replay <projection>`: builds the tables anew while they are in use, and exchanges them. */
export async function replayCommand(
  operator: Operator,
  voice: Voice,
  name: string,
  { verify: compare, park, signal }: ReplayWish,
): Promise<ExitCode> {
  const projection = findProjection(operator, name);
  const { database, store } = operator;
  const began = performance.now();
  try {
    const outcome = await withProgress(voice, `replay ${name}`, (onProgress) =>
      replay(projection, { database, store, signal, onProgress, verify: compare, onError: park ? 'park' : 'stop' }),
    );
    const seconds = (performance.now() - began) / 1_000;
    if (voice.json) voice.result(json({ projection: name, ...outcome, seconds }));
    else {
      const { events, position, parked, comparison } = outcome;
      if (comparison) voice.result(comparisonText(comparison));
      else if (compare) voice.result('Not compared: the tables in use were made by another version of the projection.');
      if (parked.length > 0) voice.result(`${count(parked.length, 'stream')} cannot be applied whole; see status.`);
      const rate = Math.round(events / seconds);
      voice.result(
        `Replayed ${count(events, 'event')} in ${duration(seconds)} (${rate} a second) up to ${formatPosition(position)}.`,
      );
      voice.result(`The tables of before are kept until the next replay, or until: drop-archive ${name}`);
    }
    return exitCodes.done;
  } catch (error) {
    const comparison = comparisonIn(error);
    if (!comparison) throw error;
    report(voice, name, comparison);
    voice.note(`Nothing was exchanged. Without --verify, a replay puts the replayed rows in place.`);
    return exitCodes.different;
  }
}

/** `verify <projection>`: compares the tables in use with a replay. */
export async function verifyCommand(
  operator: Operator,
  voice: Voice,
  name: string,
  signal: AbortSignal,
): Promise<ExitCode> {
  const projection = findProjection(operator, name);
  const { database, store } = operator;
  const comparison = await withProgress(voice, `verify ${name}`, (onProgress) =>
    verify(projection, { database, store, signal, onProgress }),
  );
  report(voice, name, comparison);
  return comparison.differences === 0 ? exitCodes.done : exitCodes.different;
}

/** `drop-archive <projection>`: gives up the tables of before the last replay. */
export async function dropArchiveCommand(operator: Operator, voice: Voice, name: string): Promise<ExitCode> {
  const client = await operator.database.connectOwner();
  try {
    const dropped = await dropArchive(client, findProjection(operator, name));
    voice.result(voice.json ? json({ projection: name, dropped }) : `Dropped ${count(dropped, 'table')}.`);
    return exitCodes.done;
  } finally {
    await client.end();
  }
}

async function withProgress<Result>(
  voice: Voice,
  title: string,
  work: (onProgress: (progress: ReplayProgress) => void) => Promise<Result>,
): Promise<Result> {
  const line = voice.progress(title);
  try {
    return await work(({ phase, fraction, events, rate, position, target, etaSeconds }) => {
      const from = `${formatPosition(position)} of ${formatPosition(target)}`;
      const eta = etaSeconds === undefined ? '' : `, ${duration(etaSeconds)} left`;
      line.update(phase, fraction, `${count(events, 'event')}, ${Math.round(rate)}/s, at ${from}${eta}`);
    });
  } finally {
    line.stop();
  }
}

function comparisonIn(error: unknown): Comparison | undefined {
  if (!(error instanceof HarmonyError) || error.code !== 'REPLAY_DIFFERS') return undefined;
  // Put there by the replay itself, under this code only.
  return error.facts['comparison'] as Comparison;
}

function report(voice: Voice, projection: string, comparison: Comparison): void {
  voice.result(voice.json ? json({ projection, comparison }) : comparisonText(comparison));
}

function comparisonText({ rows, position, differences, examples }: Comparison): string {
  const compared = `${count(rows, 'row')} compared with a replay at ${formatPosition(position)}`;
  const found = `${differences === 0 ? 'zero differences' : count(differences, 'difference')}.`;
  const more = differences > examples.length ? [`  and ${differences - examples.length} more`] : [];
  return [`${compared}: ${found}`, ...examples.map(differenceText), ...more].join('\n');
}

function differenceText({ table, key, kind, fields }: RowDifference): string {
  const where = Object.entries(key)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(', ');
  const what = { missing: 'is missing', surplus: 'should not be there', changed: `differs in ${fields.join(', ')}` };
  return `  ${table} ${where} ${what[kind]}`;
}
