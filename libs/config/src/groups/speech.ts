import { z } from 'zod';
import { optionalText, optionalUrl, wholeNumber, type Group } from '../variable.js';

const heard = ['all', 'worker'] as const;

export const speech = {
  title: 'Speech',
  introduction:
    'What turns recordings into words: a transcription server, or a model on this machine. Absent: the first model in the folder `models` of the data directory (`npm run models -- install …`); where there is none, recordings are kept and their conversations fail with `SPEECH_NOT_CONFIGURED`, to be retried later.',
  variables: {
    url: {
      name: 'SPEECH_URL',
      description: 'A server with the `/audio/transcriptions` of OpenAI, up to and with its version.',
      ...optionalUrl(/^https?$/, 'a URL such as https://speech.example.com/v1'),
      usedBy: heard,
    },
    apiKey: {
      name: 'SPEECH_API_KEY',
      description: 'Key for the server.',
      ...optionalText('a key'),
      secret: true,
      usedBy: heard,
    },
    model: {
      name: 'SPEECH_MODEL',
      description:
        'With SPEECH_URL the name of the model there (`whisper-1` if absent); else the name of an installed model or the path of a folder with one.',
      ...optionalText('a name or a folder'),
      usedBy: heard,
    },
    language: {
      name: 'SPEECH_LANGUAGE',
      description: 'What is spoken, where it is always the same. Absent: the engine finds out.',
      schema: z
        .string()
        .regex(/^[a-z]{2}$/)
        .optional(),
      expected: 'a language code of two letters such as en',
      usedBy: heard,
    },
    threads: {
      name: 'SPEECH_THREADS',
      description: 'Processor cores that a model on this machine uses.',
      ...wholeNumber(1, 64, 2),
      usedBy: heard,
    },
    timeoutSeconds: {
      name: 'SPEECH_TIMEOUT_SECONDS',
      description: 'How long the server may take for one piece of a recording, which is ten minutes of sound at most.',
      ...wholeNumber(1, 3_600, 600),
      usedBy: heard,
    },
    maximumUploadMegabytes: {
      name: 'SPEECH_MAX_UPLOAD_MB',
      description: 'The largest file that the server takes; longer recordings are cut at silences.',
      ...wholeNumber(1, 2_000, 24),
      usedBy: heard,
    },
  },
} as const satisfies Group;
