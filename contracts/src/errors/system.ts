import { entry, type ErrorEntry } from './entry.js';

/** What may go wrong in the parts that Harmony runs on, and in the way it is set up. */
export const systemErrors = {
  WRONG_EXPECTED_REVISION: entry(
    'rejected',
    409,
    'Somebody changed this at the same time. Read it again and repeat the change.',
  ),
  STREAM_DELETED: entry('rejected', 410, 'This has been deleted.'),
  EVENT_TOO_LARGE: entry('rejected', 413, 'The change is too large to be recorded in one step.'),
  STORE_UNAVAILABLE: entry(
    'retriable',
    503,
    'The event store does not answer right now. Nothing was lost; repeat the request.',
  ),
  DATABASE_UNAVAILABLE: entry(
    'retriable',
    503,
    'The database does not answer right now. Nothing was lost; repeat the request.',
  ),
  OBJECT_STORE_UNAVAILABLE: entry(
    'retriable',
    503,
    'The object store does not answer right now. Nothing was lost; repeat the request.',
  ),
  STORAGE_FULL: entry('retriable', 507, 'The disk is full. Free some space; nothing that was acknowledged is lost.'),
  BROKER_UNAVAILABLE: entry(
    'retriable',
    503,
    'The message broker does not answer right now. It is tried again by itself.',
  ),
  SIGN_IN_PROVIDER_UNAVAILABLE: entry(
    'retriable',
    503,
    'The sign-in provider does not answer right now. Try again shortly.',
  ),
  NOT_READY: entry('retriable', 503, 'The service is starting or stopping. Try again shortly.'),
  TIMED_OUT: entry('retriable', 503, 'The step took longer than its limit. It is tried again by itself.'),
  READ_MODEL_BEHIND: entry('retriable', 503, 'The change is recorded and will be visible shortly. Read it again.'),
  READ_MODEL_REBUILDING: entry(
    'retriable',
    503,
    'What readers see is being rebuilt for this version of Harmony. Nothing was lost; try again in some minutes.',
  ),
  CHECKPOINT_CONFLICT: entry('bug', 500, 'Another process moved this checkpoint. This process steps back.'),
  UNDECODABLE_EVENT: entry('poison', 500, 'A recorded event does not fit its contract. It is kept as a dead letter.'),
  INVALID_JOB_PAYLOAD: entry(
    'poison',
    500,
    'The payload of a job does not fit its contract. The job is kept as failed.',
  ),
  JOB_ABANDONED: entry('poison', 500, 'The process died over this job again and again. The job is kept as failed.'),
  UNKNOWN_EVENT_TYPE: entry(
    'poison',
    500,
    'A recorded event has a type that this version does not know. Upgrade first.',
  ),
  REPLAY_FAILED: entry('bug', 500, 'The replay stopped at an event that it could not apply. See the named event.'),
  REPLAY_DIFFERS: entry('bug', 500, 'The replayed read model differs from the live one. See the named rows.'),
  UNKNOWN_PROJECTION: entry('rejected', 404, 'No projection with this name exists. The status command lists them.'),
  UNKNOWN_TARGET: entry('rejected', 400, 'No target with this name exists.'),
  INVALID_CONFIGURATION: entry('rejected', 400, 'The configuration is not valid. See the named variables.'),
  PORT_IN_USE: entry('rejected', 409, 'The port is taken by another program. Choose another one with --port.'),
  DATA_DIRECTORY_BROKEN: entry('rejected', 500, 'The data directory cannot be used. Move it away to start afresh.'),
  DATA_DIRECTORY_IN_USE: entry(
    'rejected',
    409,
    'Another Harmony process uses this data directory. Stop it first, or choose another one with --data-dir.',
  ),
  INTERNAL: entry('bug', 500, 'Something went wrong on our side. Quote the correlation id to your operator.'),
} as const satisfies Record<string, ErrorEntry>;
