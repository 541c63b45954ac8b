import { defineConfig } from 'vitest/config'

// `unit` runs in seconds and needs nothing but Node; `engine` opens real engines, sockets and browsers, each file in a
// process of its own, because an embedded engine binds one data folder a process.
const ENGINE = [
  'src/**/*.engine.test.ts',
  'src/collect/parsers/golden.test.ts',
  'src/detect/alerts/*.test.ts',
  'test/**/*.test.ts',
]

export default defineConfig({
  test: {
    pool: 'forks',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'console/src/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: [...ENGINE, 'node_modules/**'],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'engine',
          include: ENGINE,
          testTimeout: 120_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
