/** What may be wrong with a folder of calls; the file that is meant is always named. */
export const problemCodes = [
  'FOLDER_NOT_FOUND',
  'NO_PROJECT',
  'NO_CONVERSATION',
  'UNREADABLE',
  'INVALID_JSON',
  'PROJECT_INVALID',
  'DEFINITION_INVALID',
  'CONVERSATION_INVALID',
  'CONVERSATION_MISSING',
  'GOLD_MISSING',
  'GOLD_INVALID',
  'GOLD_INCOMPLETE',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** Something that keeps a part of the folder from being evaluated; everything else goes on. */
export interface Problem {
  readonly code: ProblemCode;
  /** Path of the file or folder. */
  readonly file: string;
  readonly detail: string;
}

/** Thrown where one file cannot be used, and gathered by whoever loads the folder. */
export class EvaluationError extends Error implements Problem {
  override readonly name = 'EvaluationError';

  constructor(
    readonly code: ProblemCode,
    readonly file: string,
    readonly detail: string,
  ) {
    super(`${code} ${file}: ${detail}`);
  }
}

/** The value, or undefined when it throws an EvaluationError, which is then among the problems. */
export async function gather<Value>(
  problems: Problem[],
  load: () => Value | Promise<Value>,
): Promise<Value | undefined> {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    problems.push({ code: error.code, file: error.file, detail: error.detail });
    return undefined;
  }
}
