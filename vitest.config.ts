import { defineConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'

// `unit` runs in seconds and needs nothing but Node. `engine` opens a real engine in each file, in a process of its own, because
// an embedded engine binds one data folder a process; stations that are killed fifty times take longest and stand here too, so
// that others run beside them. `station` runs whole stations. `browser` is the console, each file with a
// station and a Chromium of its own. `clock` has sensors, brokers and programs that are started and stopped, whose clocks run while
// they work: those run alone.
const ENGINE = [
  'src/**/*.engine.test.ts',
  'src/collect/parsers/golden.test.ts',
  'src/detect/alerts/*.test.ts',
  'test/{kill-nine,queues-kills}.test.ts',
]
const CLOCK = [
  'test/sensor*.test.ts',
  'test/queues-{redis,kafka}.test.ts',
  'test/{up-command,cloud-station,bad-input,rare-hours,rules-station}.test.ts',
]
const BROWSER = ['test/console*.test.ts']

/** What takes minutes begins first, so that nothing waits for it alone in the end. */
const LONGEST = ['kill-nine', 'queues-kills', 'federation', 'correlations']

class LongestFirst extends BaseSequencer {
  override async sort(...parameters: Parameters<BaseSequencer['sort']>) {
    const sorted = await super.sort(...parameters)
    const isLong = ({ moduleId }: (typeof sorted)[number]) =>
      LONGEST.some((name) => moduleId.includes(`/${name}.`))
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

export default defineConfig({
  test: {
    pool: 'forks',
    sequence: { sequencer: LongestFirst },
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
          exclude: [...ENGINE, ...CLOCK, ...BROWSER, 'node_modules/**'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: BROWSER,
          testTimeout: 120_000,
          hookTimeout: 240_000,
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
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
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
})
