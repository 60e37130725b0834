import { optionalText, wholeNumber, type Group } from '../variable.js';

export const media = {
  title: 'Recordings',
  introduction: 'How recordings are read. Every one is read by ffmpeg, in a cage with limits.',
  variables: {
    ffmpegPath: {
      name: 'FFMPEG_PATH',
      description:
        'The ffmpeg to use. Absent: the first that runs of the package ffmpeg-static, the system and the package @ffmpeg-installer/ffmpeg.',
      ...optionalText('the path of a program'),
    },
    directory: {
      name: 'MEDIA_DIRECTORY',
      description:
        'Where recordings are worked on, each in a directory of its own; needs room for about 350 MB an hour of sound. Absent: the place for temporary files.',
      ...optionalText('the path of a directory'),
    },
    maximumMinutes: {
      name: 'MEDIA_MAX_MINUTES',
      description: 'Longest recording that is taken.',
      ...wholeNumber(1, 2880, 480),
    },
    memoryMegabytes: {
      name: 'MEDIA_MEMORY_MB',
      description: 'Memory that reading one recording may take.',
      ...wholeNumber(64, 65_536, 512),
    },
  },
} as const satisfies Group;
