import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{grammar,chemistry,simulation,exchange,server,extension,webview,cli,syntaxes,scripts}/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
