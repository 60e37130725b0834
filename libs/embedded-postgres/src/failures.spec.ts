import { describe, expect, it } from '@jest/globals';
import { classifyOutput, explainFileError, explainOutput } from './failures.js';

describe('what PostgreSQL prints when it does not start', () => {
  it.each([
    ['LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', 'port-taken'],
    ['FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use', 'still-releasing'],
    ['FATAL:  lock file "postmaster.pid" already exists', 'still-releasing'],
    ['PANIC:  could not locate a valid checkpoint record', 'final'],
    ['', 'final'],
  ])('%s', (output, expected) => {
    expect(classifyOutput(output)).toBe(expected);
  });

  it('becomes one sentence with the last reason and what to do', () => {
    const output = 'LOG:  starting\n2026 [1] FATAL:  first\n2026 [1] PANIC:  could not read the log\nHINT:  x';
    const { code, message } = explainOutput('PostgreSQL did not start', '/data', output);
    expect(code).toBe('DATA_DIRECTORY_BROKEN');
    expect(message).toBe(
      'PostgreSQL did not start in /data: could not read the log. Mend that, or move the folder away to start afresh.',
    );
    expect(explainOutput('It', '/data', '').message).toContain('ended without a word');
  });

  it('says that the disk is full, whoever noticed it', () => {
    const system = Object.assign(new Error('write'), { code: 'ENOSPC' });
    const output = 'FATAL:  could not write file: No space left on device';
    for (const error of [explainOutput('It', '/data', output), explainFileError('/data', system)]) {
      expect(error.code).toBe('STORAGE_FULL');
      expect(error.message).toContain('/data is full');
    }
  });
});
