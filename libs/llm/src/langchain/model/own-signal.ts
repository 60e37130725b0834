import { setMaxListeners } from 'node:events';

/**
 * A signal that ends with the given one, for one answer: clients of providers leave listeners on what they get, and many
 * parts of a long conversation listen at the same time.
 */
export function ownSignal(given: AbortSignal): AbortSignal {
  const own = AbortSignal.any([given]);
  setMaxListeners(0, own);
  return own;
}
