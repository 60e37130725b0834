import { runProcess } from '@harmony/runtime';
import { composition } from './composition.js';

await runProcess({ composition, environment: process.env });
