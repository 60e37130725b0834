import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';
import house from './tools/lint-rules/src/index.mjs';

const tests = [
  '**/*.spec.ts',
  '**/src/**/testing/**/*.ts',
  '**/*.e2e.ts',
  'libs/testing/**/*.ts',
  '**/contract-suite/**/*.ts',
  'e2e/**/*.ts',
];

/** Who may import whom. Services meet in contracts and in the log, never in each other's code. */
const boundaries = [
  { sourceTag: 'type:contracts', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'type:lib', onlyDependOnLibsWithTags: ['type:contracts', 'type:lib'] },
  { sourceTag: 'type:testing', onlyDependOnLibsWithTags: ['type:contracts', 'type:lib'] },
  { sourceTag: 'type:service', onlyDependOnLibsWithTags: ['type:contracts', 'type:lib'] },
  {
    sourceTag: 'type:composition',
    onlyDependOnLibsWithTags: ['type:contracts', 'type:lib', 'type:service', 'scope:gateway'],
  },
  {
    sourceTag: 'type:tool',
    onlyDependOnLibsWithTags: [
      'type:contracts',
      'type:lib',
      'type:tool',
      'type:service',
      'type:composition',
      'type:testing',
    ],
  },
  {
    sourceTag: 'type:e2e',
    onlyDependOnLibsWithTags: ['type:contracts', 'type:lib', 'type:testing', 'type:tool', 'type:composition'],
  },
];

/** A test may use the test helpers, whatever it tests. */
const withTesting = ({ sourceTag, onlyDependOnLibsWithTags: tags }) => ({
  sourceTag,
  onlyDependOnLibsWithTags: sourceTag === 'type:contracts' ? tags : [...tags, 'type:testing'],
});

const boundaryRule = (constraints) => [
  'error',
  {
    ...{ enforceBuildableLibDependency: false, allow: [], depConstraints: constraints },
    // What is loaded where it is configured is a way into a library of its own, not all of it.
    checkDynamicDependenciesExceptions: ['@harmony/*'],
  },
];

export default tseslint.config(
  { ignores: ['**/dist/**', 'node_modules/**', '.nx/**', '.harmony/**', '**/target/**', 'contracts/openapi/**'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    plugins: { '@nx': nx, house },
    rules: {
      '@nx/enforce-module-boundaries': boundaryRule(boundaries),
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 12],
      'no-console': 'error',
      'house/file-length': ['warn', { max: 250 }],
      'house/file-length-limit': ['error', { max: 400 }],
      'house/no-todo': 'error',
      'house/environment-in-config-only': 'error',
    },
  },
  {
    files: ['**/src/domain/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(@nestjs/|typeorm|pg|graphql|kafkajs|@harmony/(?!contracts$|kernel$|transcript$|analysis$))',
              message: 'The domain is pure: events in, decisions out.',
            },
          ],
        },
      ],
    },
  },
  {
    files: tests,
    rules: {
      'max-lines-per-function': 'off',
      'house/file-length': 'off',
      'house/file-length-limit': 'off',
      'house/environment-in-config-only': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@nx/enforce-module-boundaries': boundaryRule(boundaries.map(withTesting)),
    },
  },
);
