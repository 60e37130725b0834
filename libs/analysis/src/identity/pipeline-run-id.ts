import { derivedId } from '@harmony/kernel';

/**
 * Id of the run of insights that the pipeline starts because of an event: of `ExtractionRecorded`, or of
 * `ConversationRetried` from INSIGHTS. Whoever knows the event knows the run.
 */
export const pipelineRunId = (cause: string): string => derivedId(cause, 'insights-run');
