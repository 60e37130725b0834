/**
 * Preloaded into a process under test (`node --import`): its wall clock follows the offset, in milliseconds, of the
 * file named by HARMONY_TEST_CLOCK, as if somebody had set the clock of the machine. Monotonic time is left alone.
 */
import { readFileSync, watchFile } from 'node:fs';

const file = process.env.HARMONY_TEST_CLOCK;
const RealDate = Date;
let offset = 0;
const read = () => {
  offset = Number(readFileSync(file, 'utf8')) || 0;
};
read();
watchFile(file, { interval: 20, persistent: false }, read);

globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + offset);
    else super(...parts);
  }

  static now() {
    return RealDate.now() + offset;
  }
};
