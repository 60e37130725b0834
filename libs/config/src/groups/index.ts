import { limits, signIn, work } from './access.js';
import { database, eventStore, kafka, objectStore } from './backends.js';
import { llm } from './llm.js';
import { media } from './media.js';
import { outbound } from './outbound.js';
import { http, observability, process } from './process.js';
import { speech } from './speech.js';

/** Every variable that Harmony reads, in the order of the printed reference. */
export const groups = {
  process,
  http,
  database,
  eventStore,
  kafka,
  objectStore,
  outbound,
  media,
  speech,
  llm,
  signIn,
  limits,
  work,
  observability,
} as const;
