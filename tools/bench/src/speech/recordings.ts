import { Media, type PreparedRecording } from '@harmony/media';
import { parseScript } from '@harmony/speech/testing';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const audioFolder = fileURLToPath(new URL('../../../../../shared/data/audio', import.meta.url));

/** Words of the recording without a script of its own. */
const jfk =
  'And so, my fellow Americans, ask not what your country can do for you, ask what you can do for your country.';

/** A recording and what is said in it, in the order of time. */
export interface Recording {
  readonly name: string;
  readonly path: string;
  readonly words: string;
}

/** The recordings whose words are known; none where the folder is not there. */
export async function recordings(): Promise<Recording[]> {
  const names = await readdir(audioFolder).catch((): string[] => []);
  if (!names.includes('call-stereo.txt')) return [];
  const script = parseScript(await readFile(join(audioFolder, 'call-stereo.txt'), 'utf8'));
  const callWords = script.map(({ text }) => text).join(' ');
  return names
    .filter((name) => /^(call-|jfk\.)/.test(name) && !name.endsWith('.txt'))
    .map((name) => ({ name, path: join(audioFolder, name), words: name.startsWith('jfk') ? jfk : callWords }));
}

/** As the pipeline prepares it: 16 kHz, one file for each speaker's channel. */
export const prepare = ({ path }: Recording, directory: string): Promise<PreparedRecording> =>
  new Media().prepare(path, directory, new AbortController().signal);
