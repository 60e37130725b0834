import { beforeAll, describe, expect, it } from '@jest/globals';
import { ESLint } from 'eslint';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const domain = 'services/ingestion/src/domain';

/** Lints a sentence as if it stood in an existing file of the project and returns the rules that it breaks. */
async function brokenRules(file: string, code: string): Promise<(string | null)[]> {
  const eslint = new ESLint({ cwd: root });
  const [result] = await eslint.lintText(code, { filePath: join(root, file) });
  return (result?.messages ?? []).map((message) => message.ruleId);
}

describe('the boundaries', () => {
  beforeAll(() => {
    // Else the parser takes a run in CI for a run over files as they are, and reads them instead of the sentence.
    process.env.TSESTREE_SINGLE_RUN = 'false';
    // The rule reads the project graph from Nx' cache and stays silent without one.
    execFileSync('npx', ['nx', 'show', 'projects'], { cwd: root, env: { ...process.env, NX_DAEMON: 'false' } });
  }, 400_000);

  it('refuse a service that imports a service', async () => {
    const code = "import { ingestion } from '@harmony/service-ingestion';\nexport const name = ingestion;\n";
    expect(await brokenRules('services/workspace/src/index.ts', code)).toContain('@nx/enforce-module-boundaries');
    expect(await brokenRules('services/all-in-one/src/index.ts', code)).not.toContain('@nx/enforce-module-boundaries');
  }, 400_000);

  it.each(['@nestjs/common', 'typeorm', '@harmony/read-model'])(
    'refuse a domain that imports %s',
    async (name) => {
      const file = readdirSync(join(root, domain)).find((entry) => entry.endsWith('.ts')) ?? 'missing.ts';
      const code = `import * as outside from '${name}';\nexport const it = outside;\n`;
      expect(await brokenRules(join(domain, file), code)).toContain('no-restricted-imports');
    },
    400_000,
  );
});
