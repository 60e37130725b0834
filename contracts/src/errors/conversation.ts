import { entry, type ErrorEntry } from './entry.js';

/** What may be wrong with a file, a link, a recording or a transcript on its way in. */
export const conversationErrors = {
  EMPTY_TRANSCRIPT: entry('rejected', 400, 'The transcript holds no text. Paste the words of the conversation.'),
  TRANSCRIPT_NOT_READY: entry('rejected', 409, 'There is no transcript yet. Ask again when the conversation has one.'),
  TRANSCRIPT_WITHOUT_TIMES: entry(
    'rejected',
    409,
    'The transcript states no times, so no subtitles can be made of it. Ask for TXT or JSON.',
  ),
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
} as const satisfies Record<string, ErrorEntry>;
