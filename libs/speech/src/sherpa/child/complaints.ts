import { fstatSync, ftruncateSync, readSync } from 'node:fs';

const standardError = 2;
const shownBytes = 600;

/** The native code reports what goes wrong in a sound by printing it and giving no words; standard error is a file. */
export function forgetComplaints(): void {
  if (fstatSync(standardError).isFile()) ftruncateSync(standardError, 0);
}

/** What was printed since; empty when all is well. */
export function complaints(): string {
  const status = fstatSync(standardError);
  if (!status.isFile() || status.size === 0) return '';
  const tail = Buffer.alloc(Math.min(status.size, shownBytes));
  readSync(standardError, tail, 0, tail.length, status.size - tail.length);
  return tail.toString('utf8').trim();
}
