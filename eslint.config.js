import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import rooms from './scripts/lint/rooms.js';

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', '**/out/', 'cli/bin/', 'scripts/lint/', 'simulation/kernels/assembly/', 'simulation/kernels/generated.ts', 'eslint.config.js', '.cache/'] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { project: ['./*/tsconfig.json', './tsconfig.test.json'], tsconfigRootDir: import.meta.dirname },
    },
    plugins: { onepot: { rules: { rooms } } },
    rules: {
      'onepot/rooms': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-floating-promises': 'error',
      // Indices into typed arrays are in range by construction; a non-null assertion says so without a branch in the loop.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      'no-restricted-globals': ['error', { name: 'eval', message: 'The lab runs under a content security policy that forbids it.' }],
      'no-new-func': 'error',
      'no-control-regex': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    // Names may hold combining accents: their range in a character class is meant.
    files: ['grammar/tokens.ts'],
    rules: { 'no-misleading-character-class': 'off' },
  },
  {
    files: ['**/test/**/*.ts', 'e2e/**/*.ts', 'scripts/**/*.ts'],
    rules: { '@typescript-eslint/no-unsafe-member-access': 'off', '@typescript-eslint/no-unsafe-assignment': 'off', '@typescript-eslint/no-unsafe-argument': 'off', '@typescript-eslint/no-unsafe-call': 'off', '@typescript-eslint/no-unsafe-return': 'off' },
  },
);
