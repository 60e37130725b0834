import { describe, it } from '@jest/globals';
import { RuleTester } from 'eslint';
import house from './index.mjs';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;
const tester = new RuleTester({ languageOptions: { ecmaVersion: 2022, sourceType: 'module' } });

const lines = (count: number): string => Array.from({ length: count }, () => '').join('\n');

tester.run('file-length', house.rules['file-length'], {
  valid: [{ code: lines(250), options: [{ max: 250 }] }],
  invalid: [{ code: lines(251), options: [{ max: 250 }], errors: 1 }],
});

tester.run('no-todo', house.rules['no-todo'], {
  valid: ['// says why', 'const todoList = [];'],
  invalid: [{ code: '// TODO later', errors: 1 }],
});

tester.run('environment-in-config-only', house.rules['environment-in-config-only'], {
  valid: [
    { code: 'process.env.PORT;', filename: '/repository/libs/config/src/load.ts' },
    { code: 'process.env.PORT;', filename: '/repository/services/all-in-one/src/main.ts' },
    { code: 'process.exitCode = 1;', filename: '/repository/services/ingestion/src/index.ts' },
  ],
  invalid: [{ code: 'process.env.PORT;', filename: '/repository/services/ingestion/src/index.ts', errors: 1 }],
});
