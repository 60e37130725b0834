import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** The process of the native code runs what was built; tests run the sources. */
export async function buildSpeechProcess(): Promise<void> {
  await promisify(execFile)(process.execPath, ['tools/build/build.mjs', 'libs/speech'], { cwd: root });
}
