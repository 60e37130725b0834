export * from './answers/fit-answer.js';
export * from './answers/needs-evidence.js';
export * from './answers/supported-answer.js';
export * from './comparison/comparable.js';
export * from './comparison/is-changed.js';
export {
  anchorAll,
  anchorEvidence,
  evidenceAt,
  isVerified,
  maximumQuoteLength,
  type Quotation,
} from './evidence/anchor-evidence.js';
export { reanchor, type Reanchored } from './evidence/reanchor.js';
export * from './evidence/transcript-text.js';
export * from './identity/asked-inputs.js';
export * from './identity/canonical-json.js';
export * from './identity/canonical-question.js';
export * from './identity/pipeline-run-id.js';
export * from './identity/revision-run-id.js';
export * from './identity/run-identity.js';
export * from './revisions/cancelled-revisions.js';
export * from './revisions/carried-cells.js';
export * from './rules/condition-problem.js';
export * from './rules/evaluate-condition.js';
export * from './rules/evaluate-rules.js';
