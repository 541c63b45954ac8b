import { defineConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'

// `unit` runs in seconds and needs nothing but Node. Then three at a time, because they wait for one another's clocks a quarter of their time: `engine` opens a real engine in each file, in a process
// of its own, because an embedded engine binds one data folder a process; `station` runs whole stations, sensors and
// brokers; `browser` is the console, each file with a station and a Chromium of its own. `clock` measures memory and moments
// and runs alone.
const ENGINE = [
  'src/**/*.engine.test.ts',
  'src/collect/parsers/golden.test.ts',
  'src/detect/alerts/*.test.ts',
  'test/{kill-nine,queues-kills}.test.ts',
]
const CLOCK = [
  'test/sensor-{disk,engines,month,season,silence}.test.ts',
  'test/{bad-input,federation-exercise,rare-hours}.test.ts',
]
const BROWSER = ['test/console*.test.ts']

/** What takes minutes begins first, so that nothing waits for it alone in the end. */
const LONGEST = [
  'console',
  'witnesses',
  'federation',
  'console-journeys',
  'kill-nine',
  'console-hub',
  'up-command',
  'cases-station',
  'sensor-kills',
  'queues-kills',
  'rule-history',
  'queues-kafka',
  'sensor-command',
  'correlations',
  'workbench',
  'hostile.engine',
  'analytics-content',
]

class LongestFirst extends BaseSequencer {
  override async sort(...parameters: Parameters<BaseSequencer['sort']>) {
    const rank = ({ moduleId }: { readonly moduleId: string }) => {
      const at = LONGEST.findIndex((name) => moduleId.includes(`/${name}.`))
      return at === -1 ? LONGEST.length : at
    }
    return (await super.sort(...parameters)).toSorted((a, b) => rank(a) - rank(b))
  }
}

export default defineConfig({
  test: {
    pool: 'forks',
    globalSetup: ['test/temporary-folder.ts', 'test/compiled.ts'],
    sequence: { sequencer: LongestFirst },
    // Node runs what is written, as it does for people: nothing is made into something else first.
    experimental: { viteModuleRunner: false },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'console/src/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: [...ENGINE, 'node_modules/**'],
          testTimeout: 60_000,
          maxWorkers: 2,
          // They share nothing that could be spoiled: no globals, no mocks, no engine. A third of their time was importing.
          isolate: false,
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
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'station',
          include: ['test/**/*.test.ts'],
          exclude: [...ENGINE, ...CLOCK, ...BROWSER, 'node_modules/**'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: BROWSER,
          testTimeout: 120_000,
          hookTimeout: 240_000,
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'clock',
          include: CLOCK,
          testTimeout: 120_000,
          hookTimeout: 240_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
