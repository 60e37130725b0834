/** Something that a person can mend; the message says how. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}
