import { addUsage, noUsage, type EventOf, type Usage } from '@harmony/contracts';
import type { ProjectedTable, Row, RowFold } from '@harmony/read-model';
import { hourOf } from '../domain/spending.js';

/** Stands in keys for what belongs to no project. */
export const noProject = '';

/** What is spent beside definitions and criteria. */
export const subjects = { extraction: 'EXTRACTION', transcription: 'TRANSCRIPTION', trial: 'TRIAL' } as const;

/** Recordings have one row each, whenever they are transcribed. */
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
    ...{ workspace_id: at.workspaceId, kind: at.kind, hour: at.hour, prepared_ms: 0, transcribed_ms: 0 },
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

/** What an earlier try of the same revision had heard already was heard once. */
const transcribed: RowFold<EventOf<'TranscriptRecorded' | 'RerunTranscriptRecorded'>> = {
  keys: ({ event: { data } }) => (data.origin?.kind === 'SPEECH' && !('fromRunId' in data) ? recordingKey(data) : []),
  evolve: (row, { event }) =>
    row && {
      ...row,
      hour: hourOf(event.occurredAt),
      transcribed_ms: Number(row['transcribed_ms']) + Number(row['prepared_ms']),
    },
};

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
  const stages = stageSpending.map(({ stage, hour, usage: spentOn, transcribedMs, recordingMs = 0 }) => ({
    kind: stage,
    key: [conversationId, noProject, stage, stage === 'TRANSCRIPTION' ? wholeTime : hourOf(hour)],
    hour: hourOf(hour),
    amounts: { ...columnsOf(spentOn), transcribed_ms: transcribedMs, prepared_ms: recordingMs },
  }));
  return [...cells, ...stages];
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
    prepared_ms: 'bigint not null',
    transcribed_ms: 'bigint not null',
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
