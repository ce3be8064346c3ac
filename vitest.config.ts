import { defineConfig } from 'vitest/config'

// Our code is pure, so nothing needs a process of its own: one isolate runs every file.
const common = {
  isolate: false,
  pool: 'threads',
  testTimeout: 120_000,
  hookTimeout: 120_000,
  setupFiles: 'test/seed.ts',
} as const

export default defineConfig({
  test: {
    projects: [
      { test: { ...common, name: 'fast', include: ['test/**/*.test.ts'] } },
      {
        test: {
          ...common,
          name: 'conformance',
          include: ['test/**/*.conformance.ts'],
          globalSetup: ['test/referees/install.ts'],
          testTimeout: 1_800_000,
          hookTimeout: 1_800_000,
        },
      },
    ],
  },
})
