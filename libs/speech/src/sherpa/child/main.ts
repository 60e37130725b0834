/**
 * A process for the native code, so that its long computations do not hold up the service and its crashes do not end it.
 * Takes requests over the channel to its parent, and ends with it.
 */
import type { SherpaRequest } from './protocol.js';
import { work } from './work.js';

process.on('message', (request: SherpaRequest) => process.send?.(work(request)));
process.on('disconnect', () => process.exit(0));
