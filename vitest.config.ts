import { defineConfig } from 'vitest/config'

// `unit` runs in seconds and needs nothing but Node. `engine` opens a real engine in each file, in a process of its own, because
// an embedded engine binds one data folder a process. `station` runs whole stations, sensors, servers and browsers with
// their clocks and sockets: one file at a time.
const ENGINE = [
  'src/**/*.engine.test.ts',
  'src/collect/parsers/golden.test.ts',
  'src/detect/alerts/*.test.ts',
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
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'engine',
          include: ENGINE,
          testTimeout: 240_000,
          hookTimeout: 240_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'station',
          include: ['test/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 240_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
