import { entry, type ErrorEntry } from './entry.js';

/** What may be wrong with projects, definitions and the analysts that answer them. */
export const insightErrors = {
  UNKNOWN_PROJECT: entry('rejected', 404, 'No project with this id exists, or you may not read it.'),
  UNKNOWN_DEFINITION: entry('rejected', 404, 'The project has no definition with this id.'),
  UNKNOWN_CRITERION: entry('rejected', 404, 'The project has no criterion with this id.'),
  UNKNOWN_GOAL: entry('rejected', 404, 'The project has no goal or scorecard with this id.'),
  INVALID_DEFINITION: entry('rejected', 422, 'The definition cannot be asked like this. See the listed fields.'),
  DEFINITION_TYPE_FIXED: entry(
    'rejected',
    409,
    'The type of a definition never changes. Create a new definition and switch this one off.',
  ),
  PROJECT_LIMIT: entry('rejected', 409, 'The project has as many of these as it can have. Remove one first.'),
  RULE_DOES_NOT_FIT: entry('rejected', 422, 'A rule asks what its definition cannot answer. See the listed fields.'),
  TRIAL_LIMIT: entry('rejected', 400, 'A definition is tried on 1 to 5 conversations at a time.'),
  ANALYST_NOT_CONFIGURED: entry(
    'poison',
    503,
    'The language model cannot be used. Check LLM_MODEL and the key that belongs to it, then retry the conversation.',
  ),
  ANALYST_REFUSED: entry(
    'poison',
    502,
    'The language model refuses the request. Check LLM_MODEL and its key, then retry the conversation.',
  ),
  ANALYST_UNAVAILABLE: entry(
    'retriable',
    503,
    'The language model does not answer right now. It is asked again by itself.',
  ),
  ANALYST_RATE_LIMITED: entry(
    'retriable',
    503,
    'The language model takes no more questions for now. It is asked again by itself.',
  ),
  ANALYST_TIME_LIMIT: entry(
    'retriable',
    503,
    'The language model took longer than its limit. It is asked again by itself.',
  ),
  ANSWER_INVALID: entry(
    'rejected',
    502,
    'The language model gave no answer of the asked form, not even when asked again.',
  ),
  UNSUPPORTED_ANSWER: entry(
    'rejected',
    502,
    'The answer could not be supported by the words of the conversation, so it is not shown.',
  ),
  ANSWER_LANGUAGE: entry('rejected', 502, 'The language model answered in another language than the project has.'),
  CASSETTE_MISS: entry(
    'poison',
    502,
    'No reply to this question is recorded. Record the cassette anew, since the question has changed.',
  ),
  INSIGHT_BUDGET_EXHAUSTED: entry(
    'rejected',
    409,
    'The workspace has spent its budget of the last 24 hours. Wait, or raise the budget.',
  ),
  EXTRACTION_NOT_READY: entry('rejected', 409, 'The conversation has not been looked through yet. Ask again later.'),
} as const satisfies Record<string, ErrorEntry>;
