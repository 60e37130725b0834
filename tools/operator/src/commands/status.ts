import { formatPosition } from '@harmony/event-store';
import { jobStatistics } from '@harmony/messaging';
import {
  countLimit,
  projectionStatus,
  replayStatus,
  type ProjectionStatus,
  type ReplayStatus,
} from '@harmony/read-model';
import { exitCodes, type ExitCode, type Operator, type Voice } from '../operator.js';
import { count, json, table } from '../output/text.js';
import { consumerStatus } from './consumers.js';

/** `status`: where projections, consumers and jobs stand, and what waits for somebody to look. */
export async function statusCommand(operator: Operator, voice: Voice): Promise<ExitCode> {
  const { database, store, projections, deadLetters } = operator;
  const head = await store.head();
  const status = {
    head,
    projections: await projectionStatus(database.worker, store, projections),
    replays: await replayStatus(database.worker),
    consumers: await consumerStatus(operator),
    jobs: await jobStatistics(database.worker),
    deadLetters: await deadLetters.depth(),
  };
  if (voice.json) {
    voice.result(json(status));
    return exitCodes.done;
  }
  const { dead, waiting } = status.deadLetters;
  const sections = [
    `The log ends at ${formatPosition(head)}.`,
    projectionTable(status.projections),
    ...status.projections.flatMap(parkedLines),
    ...status.replays.filter(isWorthTelling).map(replayLine),
    table([
      ['CONSUMER', 'POSITION', 'BEHIND'],
      ...status.consumers.map(({ name, position, behind }) => [name, formatPosition(position), behindText(behind)]),
    ]),
    table([
      ['JOB', 'WAITING', 'RUNNING', 'FAILED'],
      ...status.jobs.map(({ name, ...counts }) => [
        name,
        ...[counts.waiting, counts.running, counts.failed].map(String),
      ]),
    ]),
    `${count(dead, 'dead letter')}, ${count(waiting, 'message')} waiting behind them.`,
  ];
  voice.result(sections.join('\n\n'));
  return exitCodes.done;
}

function projectionTable(projections: readonly ProjectionStatus[]): string {
  const rows = projections.map((status) => [
    status.name,
    status.state,
    status.position ? formatPosition(status.position) : '-',
    status.behind === undefined ? '-' : behindText(status.behind),
    `${status.rate.toFixed(1)}/s`,
    String(status.events),
    String(status.parked.length),
    String(status.unknownEvents),
  ]);
  return table([['PROJECTION', 'STATE', 'POSITION', 'BEHIND', 'RATE', 'EVENTS', 'PARKED', 'UNKNOWN'], ...rows]);
}

function parkedLines({ name, parked }: ProjectionStatus): string[] {
  if (parked.length === 0) return [];
  const lines = parked.map(
    ({ streamId, event, code, cause, waiting }) =>
      `  ${streamId}: event ${event.id} (${event.type}, number ${event.revision}): ${code}, ${cause} (${waiting} behind it)`,
  );
  return [[`Parked in ${name}:`, ...lines].join('\n')];
}

const behindText = (behind: number): string => (behind < countLimit ? String(behind) : `${countLimit}+`);

const isWorthTelling = ({ state }: ReplayStatus): boolean => state !== 'done';

const replayLine = ({ projection, kind, state, events, rate, cause, updatedAt }: ReplayStatus): string =>
  `${kind} of ${projection}: ${state}${cause ? ` (${cause})` : ''}, ${count(events, 'event')}, ` +
  `${Math.round(rate)}/s, last heard of at ${updatedAt.toISOString()}`;
