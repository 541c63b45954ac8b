// Lists in a station's store: replaced one by one as a whole, and what is allowed where analytics see it.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSettings } from '../core/index.ts'
import type { ToolFiles, ToolList } from '../model/index.ts'
import { openStore, trusted } from '../store/index.ts'
import type { Store } from '../store/index.ts'
import { openTools } from './tools.ts'
import type { Tools } from './tools.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-tools-'))
let store: Store
let tools: Tools

beforeAll(async () => {
  store = await openStore(readSettings({ data: folder }, {}))
  tools = openTools({ store, clock: { nowMs: () => Date.UTC(2026, 10, 30) } })
})

afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const load = (list: ToolList, files: ToolFiles) =>
  tools.load(bodyOf(JSON.stringify({ files })), { list, dated: '2026-11-01T00:00:00.000Z' }, 'ann')

async function* bodyOf(text: string) {
  yield Buffer.from(text.slice(0, 9))
  yield Buffer.from(text.slice(9))
}

const lolbas = (...names: readonly string[]): ToolFiles => [
  { name: 'a.json', text: JSON.stringify(names.map((Name) => ({ Name }))) },
]

async function known(): Promise<readonly string[]> {
  const { rows } = await store.events.ask.query<{ is: string }>(
    trusted("SELECT concat(list, ' ', use, ' ', value) AS is FROM known_tools ORDER BY is"),
  )
  return rows.map(({ is }) => is)
}

test('a list takes its own place as a whole and leaves the others; one that is refused changes nothing', async () => {
  await load('lolbas', lolbas('One.exe', 'Two.exe', 'setup.exe'))
  await load('gtfobins', [{ name: 'one.md', text: '---\nfunctions:\n  shell: []\n---\n' }])
  const state = await load('lolbas', lolbas('Three.exe'))
  const all = ['gtfobins abusable one', 'lolbas abusable three']
  expect(await known()).toEqual(all)
  expect(state.lists).toEqual([
    expect.objectContaining({ list: 'gtfobins', licence: 'GPL-3.0', tools: 1, values: 1 }),
    expect.objectContaining({
      list: 'lolbas',
      dated: '2026-11-01T00:00:00.000Z',
      loaded: '2026-11-30T00:00:00.000Z',
      loadedBy: 'ann',
      tools: 1,
    }),
  ])
  await expect(load('lolbas', lolbas('setup.exe'))).rejects.toMatchObject({ code: 'TOOLS_REFUSED' })
  await expect(
    tools.load(bodyOf('{"files": 7, "more": 8}'), { list: 'lolbas' }, 'ann'),
  ).rejects.toMatchObject({ code: 'TOOLS_REFUSED' })
  expect(await known()).toEqual(all)
})

test('what is allowed is kept with who said so, and taken back', async () => {
  const allowed = async () => {
    const { rows } = await store.events.ask.query<{ tool: string }>(
      trusted('SELECT tool FROM allowed_tools ORDER BY tool'),
    )
    return rows.map(({ tool }) => tool)
  }
  await tools.allow({ tool: 'FarDesk', because: 'the help desk’s' }, 'ann')
  const state = await tools.allow({ tool: 'OurDesk', because: 'our supplier’s' }, 'bob')
  expect(state.allowed.map(({ tool, who }) => [tool, who])).toEqual([
    ['fardesk', 'ann'],
    ['ourdesk', 'bob'],
  ])
  expect(await allowed()).toEqual(['fardesk', 'ourdesk'])
  await tools.disallow('FARDESK')
  await tools.disallow('OurDesk')
  expect(await allowed()).toEqual([])
  await expect(tools.disallow('OurDesk')).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
