import { describe, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../../../shared/data/audio/', import.meta.url));

/** A `describe` on the recordings that lie beside the project; where they do not, its tests show as one that is skipped. */
export function describeSharedAudio(title: string, tests: (folder: string) => void): void {
  describe(title, () => {
    if (existsSync(folder)) return tests(folder);
    it.skip('is skipped: ../shared/data/audio is not there', () => undefined);
  });
}
