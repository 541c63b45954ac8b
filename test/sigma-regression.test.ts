// The public rules' regression cases on a whole station: each event log is read like any other file, judged on arrival, and
// judged again from the store. The set stands outside the project and is named as skipped where it is absent.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CONTENT } from '../src/app/content.ts'
import { openCore } from '../src/app/core.ts'
import type { Core } from '../src/app/core.ts'
import { readFileInto } from '../src/collect/index.ts'
import { readSettings, systemClock } from '../src/core/index.ts'
import { openHistory } from '../src/detect/index.ts'
import { trusted } from '../src/store/index.ts'

const SHARED = join(import.meta.dirname, '../../shared/data/sigma')

type Case = { readonly path: string; readonly rule: string; readonly hits: number }

function readCases(): readonly Case[] {
  if (!existsSync(SHARED)) return []
  return readFileSync(join(SHARED, 'regression/cases.tsv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .map(([, path = '', rule = '', hits = '']) => ({ path, rule, hits: Number(hits || '1') }))
}

const cases = readCases()
const SPAN = { from: '1970-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' }

describe.skipIf(cases.length === 0)(
  'the public regression cases (skipped where the shared data is absent)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'vigie-regression-'))
    let core: Core

    beforeAll(async () => {
      for (const archive of ['rules/sigma-rules.tar.gz', 'regression/regression.tar.gz'])
        execFileSync('tar', ['xzf', join(SHARED, archive), '-C', folder])
      core = await openCore({
        settings: readSettings({ data: join(folder, 'data'), rules: join(folder, 'sigma') }, {}),
        clock: systemClock,
        durable: false,
        onTrouble: (cause) => {
          if (cause !== null) throw cause
        },
      })
      for (const { path, rule } of cases) {
        await readFileInto({
          path: join(folder, path, `${rule}.evtx`),
          name: `file/${rule}`,
          kind: 'file',
          intake: core.wayIn.intake,
          signal: new AbortController().signal,
          onProgress: () => undefined,
        })
      }
      await core.wayIn.settled()
    })

    afterAll(async () => {
      await core.close()
      rmSync(folder, { recursive: true, force: true })
    })

    /** Hits by case and rule. */
    async function hits(): Promise<ReadonlyMap<string, number>> {
      const { rows } = await core.store.events.ask.query<{
        owner: string
        rule: string
        n: number
      }>(
        trusted(`SELECT source AS owner, toString(f.rule) AS rule, toUInt32(count()) AS n
FROM findings AS f INNER JOIN (SELECT batch, line, toString(source) AS source FROM events) AS e ON f.batch = e.batch AND f.line = e.line
GROUP BY owner, rule`),
      )
      return new Map(rows.map(({ owner, rule, n }) => [`${owner} ${rule}`, n]))
    }

    test('every event log is read', async () => {
      expect(cases).toHaveLength(101)
      const { rows } = await core.store.events.ask.query<{ source: string }>(
        trusted("SELECT DISTINCT toString(source) AS source FROM events WHERE parser = 'windows'"),
      )
      const read = new Set(rows.map(({ source }) => source))
      expect(cases.filter(({ rule }) => !read.has(`file/${rule}`))).toEqual([])
    })

    test('every rule finds in its own event log what the case says', async () => {
      const met = await hits()
      expect(
        cases.filter(({ rule, hits: wanted }) => (met.get(`file/${rule} ${rule}`) ?? 0) < wanted),
      ).toEqual([])
    })

    test('every other rule finds what a plain matcher finds in the same records', async () => {
      const lines = readFileSync(join(SHARED, 'regression/expected-hits.tsv'), 'utf8')
      const expected = lines
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split('\t'))
        .map(([owner = '', rule = '', count = '']) => `file/${owner} ${rule} ${count}`)
      const own = new Set(
        core.detection.ruleSet.active
          .filter(({ file }) => file.startsWith(CONTENT.rules))
          .map(({ id }) => id),
      )
      const met = [...(await hits())]
        .filter(([pair]) => !own.has(pair.split(' ')[1] ?? ''))
        .map(([pair, count]) => `${pair} ${count}`)
      expect(met.toSorted()).toEqual(expected.toSorted())
    })

    test('all rules find over the stored events what they found on arrival', async () => {
      const onArrival = await hits()
      await core.store.events.ask.command(trusted('TRUNCATE TABLE findings'))
      const history = await openHistory({
        store: core.store,
        shelf: core.detection.shelf,
        fields: core.fields,
        verbatim: core.verbatim,
        clock: systemClock,
        isIntakeBehind: () => false,
        onFed: async () => undefined,
        onFound: () => undefined,
      })
      const { id } = await history.start(SPAN, 'ana')
      await expect
        .poll(async () => (await history.list()).find((run) => run.id === id)?.state, {
          timeout: 100_000,
        })
        .toBe('done')
      await history.close()
      expect(await hits()).toEqual(onArrival)
    })
  },
)
