import type { Rule } from 'eslint';

declare const house: {
  rules: Record<'file-length' | 'file-length-limit' | 'no-todo' | 'environment-in-config-only', Rule.RuleModule>;
};
export default house;
