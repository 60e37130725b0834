import { addUsage, noUsage, type EventOf, type Usage } from '@harmony/contracts';
import type { ProjectedTable, Row, RowFold } from '@harmony/read-model';
import { hourOf } from '../domain/spending.js';

/** Stands in keys for what belongs to no project. */
export const noProject = '';

/** What is spent beside definitions and criteria. */
export const subjects = { extraction: 'EXTRACTION', transcription: 'TRANSCRIPTION', trial: 'TRIAL' } as const;

/** Recordings have one row each, whenever they are transcribed: how long one is must be known where it is. */
const wholeTime = 'ALL';

const usageOf = (row: Row | undefined): Usage =>
  row
    ? {
        calls: Number(row['calls']),
        inputTokens: Number(row['input_tokens']),
        outputTokens: Number(row['output_tokens']),
        costMicros: Number(row['cost_micros']),
      }
    : noUsage;

interface Identified {
  readonly workspaceId: string;
  /** What was done. */
  readonly kind: string;
  /** When the hour began. */
  readonly hour: string;
}

function rowOf([source = '', project = '', subject = '', hourKey = '']: readonly string[], at: Identified): Row {
  return {
    ...{ source_id: source, project_id: project, subject_id: subject, hour_key: hourKey },
    ...{ workspace_id: at.workspaceId, kind: at.kind, hour: at.hour, prepared_ms: 0, transcribed_ms: null },
    ...columnsOf(noUsage),
  };
}

const columnsOf = ({ calls, inputTokens, outputTokens, costMicros }: Usage): Row => ({
  calls,
  input_tokens: inputTokens,
  output_tokens: outputTokens,
  cost_micros: costMicros,
});

type Spent = EventOf<
  | 'InsightRecorded'
  | 'InsightFailed'
  | 'InsightRepeated'
  | 'ChangeAttributed'
  | 'CriterionJudged'
  | 'ExtractionRecorded'
  | 'RerunExtractionRecorded'
  | 'DefinitionTried'
>;

/** What cost nothing touches no row: the local analyst leaves this table empty. */
const spent = <Event extends Spent>(
  kind: string,
  place: (data: Event['data']) => readonly [string, string, string],
): RowFold<Event> => ({
  keys: ({ event: { data, occurredAt } }) =>
    Object.values(data.usage).every((amount) => amount === 0) ? [] : [[...place(data), hourOf(occurredAt)]],
  evolve: (row, { event }, key) => {
    const identified = { workspaceId: event.workspaceId, kind, hour: hourOf(event.occurredAt) };
    return { ...(row ?? rowOf(key, identified)), ...columnsOf(addUsage(usageOf(row), event.data.usage)) };
  },
});

const ofConversation = (data: { readonly conversationId: string }): [string, string, string] => [
  data.conversationId,
  noProject,
  subjects.extraction,
];

/** What an extraction cost that could not be made. */
const failedStage: RowFold<EventOf<'StageAttemptFailed' | 'RerunStageFailed'>> = {
  keys: ({ event: { data, occurredAt } }) =>
    data.usage && (data.stage === 'EXTRACTION' || data.stage === 'EXTRACTORS')
      ? [[data.conversationId, noProject, subjects.extraction, hourOf(occurredAt)]]
      : [],
  evolve: (row, { event: { data, workspaceId, occurredAt } }, key) => {
    const identified = { workspaceId, kind: subjects.extraction, hour: hourOf(occurredAt) };
    return { ...(row ?? rowOf(key, identified)), ...columnsOf(addUsage(usageOf(row), data.usage ?? noUsage)) };
  },
};

const recordingKey = (data: { readonly conversationId: string }): string[][] => [
  [data.conversationId, noProject, subjects.transcription, wholeTime],
];

/** How long the recording is; it counts once it is transcribed, and each time that it is, and for whom it is answered. */
const prepared: RowFold<EventOf<'RecordingPrepared'>> = {
  keys: ({ event: { data } }) => recordingKey(data),
  evolve: (row, { event }, key) => ({
    ...(row ??
      rowOf(key, { workspaceId: event.workspaceId, kind: subjects.transcription, hour: hourOf(event.occurredAt) })),
    prepared_ms: event.data.durationMs,
  }),
};

/** Milliseconds of a recording by the hour in which they were transcribed. */
type TranscribedByHour = Readonly<Record<string, number>>;

const transcribedOf = (row: Row): TranscribedByHour => (row['transcribed_ms'] ?? {}) as TranscribedByHour;

/** What an earlier try of the same revision had heard already was heard once. */
const transcribed: RowFold<EventOf<'TranscriptRecorded' | 'RerunTranscriptRecorded'>> = {
  keys: ({ event: { data } }) => (data.origin?.kind === 'SPEECH' && !('fromRunId' in data) ? recordingKey(data) : []),
  evolve: (row, { event }) => {
    if (!row) return undefined;
    const hour = hourOf(event.occurredAt);
    const before = transcribedOf(row);
    const transcribed_ms = { ...before, [hour]: (before[hour] ?? 0) + Number(row['prepared_ms']) };
    return { ...row, hour: latestOf(transcribed_ms), transcribed_ms };
  },
};

const latestOf = (hours: TranscribedByHour): string | undefined => Object.keys(hours).sort().at(-1);

type Erased = EventOf<'InsightsErased'>['data'];

interface ErasedEntry {
  readonly kind: string;
  readonly key: readonly string[];
  readonly hour: string;
  readonly amounts: Row;
}

function erasedEntries({ conversationId, spending, criteria, stageSpending = [] }: Erased): ErasedEntry[] {
  const criterionIds = new Set(criteria.map(({ criterionId }) => criterionId));
  const cells = spending.map(({ projectId, subjectId, hour, usage: spentOn }) => ({
    kind: criterionIds.has(subjectId) ? 'CRITERION' : 'DEFINITION',
    key: [conversationId, projectId, subjectId, hourOf(hour)],
    ...{ hour: hourOf(hour), amounts: columnsOf(spentOn) },
  }));
  const stages = stageSpending.filter(({ stage }) => stage === 'EXTRACTION');
  const extractions = stages.map(({ stage, hour, usage: spentOn }) => ({
    ...{ kind: stage, key: [conversationId, noProject, stage, hourOf(hour)], hour: hourOf(hour) },
    amounts: columnsOf(spentOn),
  }));
  return [...cells, ...extractions, ...erasedRecording(conversationId, stageSpending)];
}

/** Its recording has one row, whose hours are told one by one. */
function erasedRecording(conversationId: string, stages: NonNullable<Erased['stageSpending']>): ErasedEntry[] {
  const hours = stages.filter(({ stage }) => stage === 'TRANSCRIPTION');
  const [first] = hours;
  if (!first) return [];
  const heard = hours.filter(({ transcribedMs }) => transcribedMs > 0);
  const transcribed_ms = Object.fromEntries(heard.map(({ hour, transcribedMs }) => [hourOf(hour), transcribedMs]));
  const amounts = { ...columnsOf(first.usage), transcribed_ms: heard.length > 0 ? transcribed_ms : null };
  return [
    {
      kind: subjects.transcription,
      key: [conversationId, noProject, subjects.transcription, wholeTime],
      hour: latestOf(transcribed_ms) ?? hourOf(first.hour),
      amounts: { ...amounts, prepared_ms: first.recordingMs ?? 0 },
    },
  ];
}

/** What a conversation had cost stays, also where its own events are gone: these are sums, so they are set. */
const erased: RowFold<EventOf<'InsightsErased'>> = {
  keys: ({ event: { data } }) => erasedEntries(data).map(({ key }) => key),
  evolve: (row, { event: { data, workspaceId } }, key) => {
    const entry = erasedEntries(data).find((one) => one.key.every((part, index) => part === key[index]));
    if (!entry) return row;
    const { kind, hour, amounts } = entry;
    return { ...(row ?? rowOf(key, { workspaceId, kind, hour })), hour, ...amounts };
  },
};

/** What was spent, by whom it was spent for, and by the hour; it outlives the conversation that it was spent on. */
export const usage: ProjectedTable = {
  name: 'usage',
  key: ['source_id', 'project_id', 'subject_id', 'hour_key'],
  columns: {
    /** The conversation, or the trial. */
    source_id: 'text not null',
    project_id: 'text not null',
    /** The definition, the criterion, or what else was done. */
    subject_id: 'text not null',
    hour_key: 'text not null',
    workspace_id: 'uuid not null',
    kind: 'text not null',
    hour: 'timestamptz not null',
    calls: 'bigint not null',
    input_tokens: 'bigint not null',
    output_tokens: 'bigint not null',
    cost_micros: 'bigint not null',
    /** How long the recording is; 0 of everything else. */
    prepared_ms: 'bigint not null',
    /** By the hour in which that much of it was transcribed; null where nothing was. `hour` is the latest of them. */
    transcribed_ms: 'jsonb',
  },
  indexes: ['(workspace_id, hour)'],
  on: {
    InsightRecorded: spent('DEFINITION', (data) => [data.conversationId, data.projectId, data.definitionId]),
    InsightFailed: spent('DEFINITION', (data) => [data.conversationId, data.projectId, data.definitionId]),
    InsightRepeated: spent('DEFINITION', (data) => [data.conversationId, data.projectId, data.definitionId]),
    ChangeAttributed: spent('DEFINITION', (data) => [data.conversationId, data.projectId, data.definitionId]),
    CriterionJudged: spent('CRITERION', (data) => [data.conversationId, data.projectId, data.criterionId]),
    ExtractionRecorded: spent(subjects.extraction, ofConversation),
    RerunExtractionRecorded: spent(subjects.extraction, ofConversation),
    StageAttemptFailed: failedStage,
    RerunStageFailed: failedStage,
    DefinitionTried: spent(subjects.trial, (data) => [data.trialId, data.projectId ?? noProject, subjects.trial]),
    RecordingPrepared: prepared,
    TranscriptRecorded: transcribed,
    RerunTranscriptRecorded: transcribed,
    InsightsErased: erased,
  },
};
