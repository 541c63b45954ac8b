// The house rules that a test can hold: who may import whom, and how large a room's file may grow.

import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

const SRC = import.meta.dirname

/** A room and the rooms it may import. `app` alone wires; sibling rooms meet in the store. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  model: [],
  words: ['core', 'model'],
  store: ['core', 'model', 'words'],
  collect: ['core', 'model', 'words', 'store'],
  detect: ['core', 'model', 'words', 'store'],
  audit: ['core', 'model', 'words', 'store'],
  hunt: ['core', 'model', 'words', 'store'],
  cases: ['core', 'model', 'words', 'store'],
  exposure: ['core', 'model', 'words', 'store'],
  identity: ['core', 'model', 'words', 'store'],
  networks: ['core', 'model', 'words', 'store'],
  print: ['core'],
  readiness: ['core', 'model', 'words', 'store'],
  share: ['core', 'model', 'words', 'store'],
  tools: ['core', 'model', 'words', 'store'],
  evidence: ['core', 'model', 'words', 'store'],
  exercise: ['core', 'model'],
  server: ['core', 'model', 'words', 'store', 'hunt', 'detect', 'collect'],
  cli: ['core', 'model', 'words', 'app'],
  app: [
    'core',
    'model',
    'words',
    'store',
    'collect',
    'detect',
    'audit',
    'hunt',
    'cases',
    'exposure',
    'identity',
    'networks',
    'print',
    'readiness',
    'share',
    'tools',
    'evidence',
    'exercise',
    'server',
  ],
}

type Import = {
  readonly file: string
  readonly target: string
  readonly from: string
  readonly to: string
}

function files(): readonly string[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  )
}

function roomOf(path: string): string {
  const [room = ''] = path.split('/')
  return room.replace(/\.ts$/, '')
}

function imports(): readonly Import[] {
  return files().flatMap((file) => {
    const text = readFileSync(join(SRC, file), 'utf8')
    const found = [...text.matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g)]
    return found.map(([, target = '']) => {
      const to = relative(SRC, join(SRC, file, '..', target))
      return { file, target: to, from: roomOf(file), to: roomOf(to) }
    })
  })
}

describe('rooms', () => {
  test('are all in the table', () => {
    const rooms = new Set(
      files()
        .filter((file) => !file.endsWith('.test.ts') || file.includes('/'))
        .map(roomOf),
    )
    expect([...rooms].filter((room) => MAY_IMPORT[room] === undefined)).toEqual([])
  })

  test('import only the rooms that the table allows', () => {
    const wrong = imports()
      .filter(({ file }) => !/\.(?:engine\.)?test\.ts$/.test(file))
      .filter(({ from, to }) => from !== to && MAY_IMPORT[from]?.includes(to) !== true)
    expect(wrong.map(({ file, to }) => `${file} imports ${to}`)).toEqual([])
  })

  test.each(Object.keys(MAY_IMPORT).filter((room) => !['app', 'cli'].includes(room)))(
    '%s opens with an index',
    (room) => {
      const index = readFileSync(join(SRC, room, 'index.ts'), 'utf8')
      expect(
        index
          .split('\n')
          .slice(0, 3)
          .every((line) => line.startsWith('//')),
      ).toBe(true)
    },
  )
})

test('nothing but a test or another helper imports a test helper', () => {
  const wrong = imports().filter(
    ({ file, target }) => target.endsWith('.test-helper.ts') && !file.includes('.test'),
  )
  expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([])
})

test('no file in src is longer than 300 lines', () => {
  const long = files()
    .filter((file) => !file.includes('.test'))
    .filter((file) => readFileSync(join(SRC, file), 'utf8').split('\n').length > 301)
  expect(long).toEqual([])
})

test('no file takes from one that takes from it, on whatever way round; types count too', () => {
  const takes = Map.groupBy(
    imports().filter(({ file }) => !file.includes('.test')),
    ({ file }) => file,
  )
  // What is under way leads to what it came from only by a circle; what was seen to its end leads to none.
  const ended = new Set<string>()
  const circleFrom = (file: string, way: readonly string[]): readonly string[] => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file]
    if (ended.has(file)) return []
    for (const { target } of takes.get(file) ?? []) {
      const circle = circleFrom(target, [...way, file])
      if (circle.length > 0) return circle
    }
    ended.add(file)
    return []
  }
  const circles = [...takes.keys()].map((file) => circleFrom(file, []).join(' -> '))
  expect(circles.filter((circle) => circle !== '')).toEqual([])
})
