// What programs leave to render.ts, and what they may take over from an earlier chunk.

import { describe, expect, test } from 'vitest'
import { readEvtxChunk } from './chunk.ts'
import { ARRAY, TYPE } from './layout.ts'
import { ChunkWriter, NULL, typed, utf16 } from './write-evtx.test-helper.ts'
import type { Fragment, Node, Value } from './write-evtx.test-helper.ts'

function linesOf(...fragments: Fragment[]): string[] {
  const writer = new ChunkWriter()
  for (const fragment of fragments) writer.record(fragment)
  const { lines, damaged } = readEvtxChunk(writer.bytes)
  expect(damaged).toEqual([])
  return lines.toString().trimEnd().split('\n')
}

function dataOf(name: string, value: string): Value {
  const template: Node = { name, content: [{ slot: 0 }] }
  return { nested: { template, values: [utf16(value)] } }
}

describe('templates in values', () => {
  const inner: Node = {
    name: 'Inner',
    attributes: [['a', 'b']],
    content: [{ name: 'x', content: ['1'] }, { slot: 0 }],
  }
  const outer: Node = {
    name: 'Outer',
    attributes: [['a', { slot: 2, optional: true }]],
    content: [{ name: 'first', content: ['1'] }, inner, { slot: 1 }],
  }

  test('stand each in its own element, also where one element holds the other', () => {
    const values = [dataOf('D0', 'v0'), dataOf('D1', 'v1'), utf16('t')]
    expect(linesOf({ template: outer, values })).toEqual([
      '{"Outer":{"#attributes":{"a":"t"},"first":"1","Inner":{"#attributes":{"a":"b"},"x":"1","D0":"v0"},"D1":"v1"}}',
    ])
  })

  test('and text beside elements do not take the place of one another', () => {
    const values = [utf16('text'), dataOf('D1', 'v1'), NULL]
    expect(linesOf({ template: outer, values }, { template: outer, values })).toEqual(
      Array(2).fill(
        '{"Outer":{"first":"1","Inner":{"#attributes":{"a":"b"},"x":"1","#text":"text"},"D1":"v1"}}',
      ),
    )
  })

  test('change nothing in the record that follows', () => {
    const values = [utf16('a'), utf16('b'), NULL]
    const [, second] = linesOf(
      { template: outer, values: [dataOf('D0', 'v0'), dataOf('D1', 'v1'), NULL] },
      { template: outer, values },
    )
    expect(second).toBe(
      '{"Outer":{"first":"1","Inner":{"#attributes":{"a":"b"},"x":"1","#text":"a"},"#text":"b"}}',
    )
  })

  test('whose names are there already join those', () => {
    const template: Node = { name: 'E', content: [{ name: 'x', content: ['1'] }, { slot: 0 }] }
    expect(linesOf({ template, values: [dataOf('x', '2')] })).toEqual(['{"E":{"x":["1","2"]}}'])
  })
})

describe('what may be absent', () => {
  const optional = (name: string, slot: number): Node => ({
    name,
    content: [{ slot, optional: true }],
  })

  test('takes its comma along', () => {
    const template: Node = {
      name: 'E',
      content: [optional('a', 0), optional('b', 1), optional('c', 2)],
    }
    const values = (...present: boolean[]) =>
      present.map((isThere) => (isThere ? typed(TYPE.uint8, 1) : NULL))
    expect(
      linesOf(
        { template, values: values(true, true, true) },
        { template, values: values(false, true, false) },
        { template, values: values(true, false, true) },
        { template, values: values(false, false, false) },
      ),
    ).toEqual(['{"E":{"a":1,"b":1,"c":1}}', '{"E":{"b":1}}', '{"E":{"a":1,"c":1}}', '{"E":null}'])
  })

  test('is an item of a list like any other', () => {
    const item = (slot: number): Node => ({ name: 'Data', content: [{ slot, optional: true }] })
    const template: Node = {
      name: 'E',
      content: [item(0), item(1), { name: 'Data', content: ['c'] }, optional('z', 0)],
    }
    const none = typed(TYPE.utf16 | ARRAY)
    expect(
      linesOf(
        { template, values: [utf16('a'), utf16('b')] },
        { template, values: [NULL, none] },
        { template, values: [none, utf16('b')] },
      ),
    ).toEqual([
      '{"E":{"Data":["a","b","c"],"z":"a"}}',
      '{"E":{"Data":["c"]}}',
      '{"E":{"Data":["b","c"],"z":[]}}',
    ])
  })
})

describe('a template of an earlier chunk', () => {
  const chunkOf = (name: string, text = 'same'): Buffer => {
    const template: Node = { name: 'E', content: [{ name, content: [text] }, { slot: 0 }] }
    return new ChunkWriter()
      .record({ nodes: [{ name, content: ['x'] }] })
      .record({ template, values: [utf16('v')] }).bytes
  }
  const second = (bytes: Buffer) => readEvtxChunk(bytes).lines.toString().split('\n')[1]

  test('is not taken for one whose bytes refer to other names', () => {
    expect(second(chunkOf('abc'))).toBe('{"E":{"abc":"same","#text":"v"}}')
    expect(second(chunkOf('xyz'))).toBe('{"E":{"xyz":"same","#text":"v"}}')
    expect(second(chunkOf('abc'))).toBe('{"E":{"abc":"same","#text":"v"}}')
  })

  test('is not taken for one of other text', () => {
    expect(second(chunkOf('abc', 'one'))).toBe('{"E":{"abc":"one","#text":"v"}}')
    expect(second(chunkOf('abc', 'two'))).toBe('{"E":{"abc":"two","#text":"v"}}')
  })
})
