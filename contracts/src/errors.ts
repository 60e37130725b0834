/**
 * What a consumer does with a failure, decided by class and never by message text:
 * `rejected` is the caller's to mend, `retriable` may pass by itself, `poison` never will, `bug` is ours.
 */
export type ErrorKind = 'rejected' | 'retriable' | 'poison' | 'bug';

export interface ErrorEntry {
  readonly kind: ErrorKind;
  /** HTTP status on REST; GraphQL carries the code in `extensions.code`. */
  readonly status: number;
  /** What the person who reads it can do next; the default text of the error. */
  readonly title: string;
}

const entry = (kind: ErrorKind, status: number, title: string): ErrorEntry => ({ kind, status, title });

/** Every error that Harmony shows to anybody, by its stable code. Codes are never renamed or reused. */
export const errorCatalogue = {
  UNAUTHENTICATED: entry('rejected', 401, 'Sign in, or send a valid API key in the X-API-Key header.'),
  TOKEN_EXPIRED: entry('rejected', 401, 'The token has expired. Sign in again.'),
  FORBIDDEN: entry(
    'rejected',
    403,
    'Your role does not allow this. Ask an administrator to change it under Settings → Roles.',
  ),
  FEATURE_DISABLED: entry('rejected', 403, 'This feature is switched off for the workspace.'),
  NOT_FOUND: entry('rejected', 404, 'Nothing with this id exists, or you may not read it.'),
  INVALID_INPUT: entry('rejected', 400, 'The request is not valid. See the listed fields.'),
  INVALID_JSON: entry('rejected', 400, 'The body is not valid JSON.'),
  MISSING_REQUIRED_FIELDS: entry('rejected', 400, 'Please fill in all required fields.'),
  EMPTY_TRANSCRIPT: entry('rejected', 400, 'The transcript holds no text. Paste the words of the conversation.'),
  TRANSCRIPT_NOT_READY: entry('rejected', 409, 'There is no transcript yet. Ask again when the conversation has one.'),
  TRANSCRIPT_WITHOUT_TIMES: entry(
    'rejected',
    409,
    'The transcript states no times, so no subtitles can be made of it. Ask for TXT or JSON.',
  ),
  METHOD_NOT_ALLOWED: entry('rejected', 405, 'This address does not support the method.'),
  PAYLOAD_TOO_LARGE: entry('rejected', 413, 'The request is larger than the limit.'),
  UNSUPPORTED_MEDIA_TYPE: entry('rejected', 415, 'Send the body as application/json.'),
  UNKNOWN_TEAM: entry('rejected', 422, 'No team with this id exists in the workspace.'),
  UNKNOWN_USER: entry('rejected', 422, 'No user with this id exists in the workspace.'),
  UNKNOWN_OWNER: entry('rejected', 422, 'The owner is not a user of the workspace.'),
  UNKNOWN_CONTACT: entry('rejected', 422, 'No contact with this id exists in the workspace.'),
  UNKNOWN_CUSTOM_FIELD: entry('rejected', 422, 'No custom field with this key exists for this kind of record.'),
  UNKNOWN_ROLE: entry('rejected', 422, 'No role with this id exists in the workspace.'),
  INVALID_CUSTOM_FIELD_VALUE: entry('rejected', 422, 'The value does not fit the type of the custom field.'),
  NAME_TAKEN: entry('rejected', 409, 'Another record of this kind already has this name.'),
  EMAIL_TAKEN: entry('rejected', 409, 'A user with this email address already exists in the workspace.'),
  LAST_ADMIN: entry(
    'rejected',
    409,
    'A workspace needs at least one administrator. Give somebody else the role first.',
  ),
  BUILT_IN_ROLE: entry('rejected', 409, 'Built-in roles cannot be changed or removed.'),
  ROLE_IN_USE: entry('rejected', 409, 'Users still have this role. Give them another one first.'),
  INVALID_CREDENTIALS: entry('rejected', 401, 'The email address or the password is wrong.'),
  WRONG_EXPECTED_REVISION: entry(
    'rejected',
    409,
    'Somebody changed this at the same time. Read it again and repeat the change.',
  ),
  STREAM_DELETED: entry('rejected', 410, 'This has been deleted.'),
  EVENT_TOO_LARGE: entry('rejected', 413, 'The change is too large to be recorded in one step.'),
  IDEMPOTENCY_KEY_REUSED: entry(
    'rejected',
    422,
    'This Idempotency-Key was used for a different request. Choose a new key.',
  ),
  IDEMPOTENCY_KEY_IN_FLIGHT: entry(
    'rejected',
    409,
    'A request with this Idempotency-Key is still being handled. Repeat it shortly.',
  ),
  IDEMPOTENCY_KEY_INVALID: entry('rejected', 400, 'Idempotency-Key must be 1 to 255 printable characters.'),
  UNKNOWN_SPEAKER: entry('rejected', 422, 'The transcript has no speaker with this code.'),
  NOT_RETRIABLE_NOW: entry(
    'rejected',
    409,
    'The conversation is still being worked on. Retry it when it has completed or failed.',
  ),
  NOTHING_TO_RETRY: entry(
    'rejected',
    409,
    'There is nothing that this stage could start from. Upload the conversation again.',
  ),
  RATE_LIMITED: entry('rejected', 429, 'Too many requests. Wait for the time given in Retry-After.'),
  QUERY_TOO_DEEP: entry('rejected', 400, 'The GraphQL query is nested too deeply. Split it.'),
  QUERY_TOO_COSTLY: entry(
    'rejected',
    400,
    'The GraphQL query asks for too much at once. Split it or ask for smaller pages.',
  ),
  QUERY_INVALID: entry('rejected', 400, 'The GraphQL document is not valid against the schema.'),
  BATCHING_DISABLED: entry('rejected', 400, 'Send one GraphQL operation a request.'),
  CSRF_REFUSED: entry('rejected', 400, 'Send GraphQL as application/json or with an Apollo-Require-Preflight header.'),
  OBJECT_NOT_FOUND: entry('poison', 404, 'The stored file is missing.'),
  UPLOAD_NOT_FOUND: entry('rejected', 404, 'No unfinished upload with this id exists. Start it again.'),
  UPLOAD_INCOMPLETE: entry('rejected', 409, 'Parts of the file are missing. Send the named parts, then finish again.'),
  UPLOAD_ENDED: entry('rejected', 409, 'This upload is over: it was finished, stopped or refused.'),
  UPLOAD_EXPIRED: entry('rejected', 410, 'The upload was not finished in time. Start it again.'),
  WRONG_PART_SIZE: entry('rejected', 400, 'The part does not have the number of bytes that the upload planned for it.'),
  FILE_TOO_LARGE: entry('rejected', 413, 'The maximum file size is 2048 MB.'),
  CHECKSUM_MISMATCH: entry('rejected', 422, 'The bytes do not match their checksum. Send them again.'),
  INVALID_URL: entry('rejected', 400, 'Invalid URL format.'),
  URL_NOT_ALLOWED: entry(
    'rejected',
    400,
    'Nothing is fetched from this URL. Use a public http or https address without a user name in it.',
  ),
  URL_NOT_ACCESSIBLE: entry('rejected', 422, 'The provided URL is not publicly accessible.'),
  URL_UNAVAILABLE: entry(
    'retriable',
    503,
    'The server of the URL does not answer as it should right now. It is tried again by itself.',
  ),
  TOO_MANY_REDIRECTS: entry('rejected', 422, 'The URL redirects too often. Use the address that it leads to.'),
  NOT_A_RECORDING: entry('rejected', 422, 'Please upload an audio or video file.'),
  RANGE_NOT_SATISFIABLE: entry('rejected', 416, 'The file has no such range. It is named in Content-Range.'),
  RECORDING_NOT_READY: entry(
    'rejected',
    409,
    'The recording is still being prepared, or could not be. See its status.',
  ),
  NO_AUDIO: entry('rejected', 422, 'The video has no sound. Upload a recording in which somebody can be heard.'),
  MEDIA_BROKEN: entry('rejected', 422, 'The recording cannot be read. The file may be damaged; export it again.'),
  DURATION_LIMIT: entry('rejected', 422, 'The recording is longer than the limit. Split it.'),
  MEDIA_RESOURCE_LIMIT: entry(
    'rejected',
    422,
    'Reading the recording takes more than a recording may take. Convert it to MP3 or M4A.',
  ),
  MEDIA_TOOL_MISSING: entry('poison', 503, 'There is no ffmpeg that works. Install it, or set FFMPEG_PATH.'),
  MEDIA_TOOL_KILLED: entry('retriable', 503, 'The work on the recording was interrupted. It is tried again by itself.'),
  MEDIA_TIME_LIMIT: entry(
    'retriable',
    503,
    'The work on the recording took longer than its limit. It is tried again by itself.',
  ),
  SPEECH_NOT_CONFIGURED: entry(
    'poison',
    503,
    'No speech engine is set up. Set SPEECH_URL to a transcription server, or install a model with `npm run models -- install moonshine-tiny-en`; then retry the conversation.',
  ),
  SPEECH_MODEL_INVALID: entry(
    'poison',
    503,
    'The speech model cannot be used. Check SPEECH_MODEL, or install a model with `npm run models`; then retry the conversation.',
  ),
  SPEECH_REFUSED: entry(
    'poison',
    502,
    'The transcription server refuses the request. Check SPEECH_URL, SPEECH_API_KEY and SPEECH_MODEL; then retry the conversation.',
  ),
  SPEECH_UNAVAILABLE: entry(
    'retriable',
    503,
    'The speech engine does not answer right now. The recording is kept, and it is tried again by itself.',
  ),
  SPEECH_FAILED: entry('poison', 500, 'The speech engine cannot transcribe this recording. The recording is kept.'),
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

export type ErrorCode = keyof typeof errorCatalogue;

/** One field or argument that was refused: where (a JSON pointer) and why. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
  readonly code?: ErrorCode;
}

export interface ErrorOptions {
  /** What happened in this case, for a person; never a secret, a transcript or a personal datum. */
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  /** Seconds after which a repeat makes sense; becomes `Retry-After`. */
  readonly retryAfterSeconds?: number;
  /** Facts for programs, for instance the actual revision of a stream. */
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** The only error that crosses a module border. `code` is stable, `message` is for people. */
export class HarmonyError extends Error {
  readonly code: ErrorCode;
  readonly errors: readonly FieldError[];
  readonly retryAfterSeconds: number | undefined;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, options: ErrorOptions = {}) {
    super(options.detail ?? errorCatalogue[code].title, { cause: options.cause });
    this.name = 'HarmonyError';
    this.code = code;
    this.errors = options.errors ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.facts = options.facts ?? {};
  }

  get kind(): ErrorKind {
    return errorCatalogue[this.code].kind;
  }

  get status(): number {
    return errorCatalogue[this.code].status;
  }

  get title(): string {
    return errorCatalogue[this.code].title;
  }
}

/** The class of any thrown value; what is not ours counts as a bug. */
export function errorKind(error: unknown): ErrorKind {
  return error instanceof HarmonyError ? error.kind : 'bug';
}
