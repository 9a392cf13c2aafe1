import { defineConfig } from 'vitest/config';

// One project per speed: pure tests beside their code, and what crosses packages in test/.
export default defineConfig({
  test: {
    setupFiles: ['./test/support/setup.ts'],
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['packages/**/*.test.ts', 'functions/**/*.test.ts', 'web/**/*.test.{ts,tsx}'] },
      },
      { extends: true, test: { name: 'boundaries', include: ['test/boundaries.test.ts'] } },
      { extends: true, test: { name: 'table', include: ['test/table/**/*.test.ts'], testTimeout: 60_000 } },
      {
        extends: true,
        test: { name: 'infra', include: ['test/infra/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000 },
      },
      {
        extends: true,
        test: {
          name: 'api',
          include: ['test/api/**/*.test.ts', 'test/events/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], testTimeout: 180_000, hookTimeout: 240_000 },
      },
    ],
  },
});
