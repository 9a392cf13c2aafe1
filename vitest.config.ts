import { defineConfig } from 'vitest/config';

// One project per speed: pure tests beside their code, and what crosses packages in test/. The groups run one after the
// other, the quick ones first, and whatever starts a cloud or a browser runs alone: two of them on a small machine only
// time each other out. Groups begin at 1, because on two cores vitest puts the files of group 0 behind all others.
export default defineConfig({
  test: {
    setupFiles: ['./test/support/setup.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/**/*.test.ts', 'functions/**/*.test.ts', 'web/**/*.test.{ts,tsx}'],
          // properties take seconds where the machine is busy
          testTimeout: 30_000,
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'boundaries',
          include: ['test/*.test.ts'],
          testTimeout: 60_000,
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'table',
          include: ['test/table/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // vitest leaves one processor free, which of two is half; a file here is a process and its own engine
          maxWorkers: '100%',
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'infra',
          include: ['test/infra/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 900_000,
          maxWorkers: '100%',
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: true,
        test: {
          name: 'api',
          include: ['test/api/**/*.test.ts', 'test/events/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 900_000,
          fileParallelism: false,
          sequence: { groupOrder: 4 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 240_000,
          // a browser without a processor types more slowly than any scanner; what passed only the second time is shown as such
          retry: 1,
          hookTimeout: 900_000,
          fileParallelism: false,
          sequence: { groupOrder: 5 },
        },
      },
    ],
  },
});
