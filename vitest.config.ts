import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{l10n,grammar,chemistry,simulation,exchange,server,extension,webview,playground,cli,syntaxes,scripts}/**/*.test.ts'],
    globalSetup: ['scripts/lib/vitest-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
