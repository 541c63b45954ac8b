// Ranges, layers and packs without a store: positions agree with what an address is, hostile packs are refused with a reason.

import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { CONTENT } from '../app/content.ts'
import { isVigieError } from '../core/index.ts'
import { readKinds } from './kinds.ts'
import { mergeLayers } from './merge.ts'
import type { NetworkRange } from './network-range.ts'
import { positionOf } from './position.ts'
import { lineOf } from './range-line.ts'
import { readListed, readOperators } from './read-lists.ts'
import { rangesOf, receivePack } from './read-pack.ts'
import { makeKey, writePack } from './write-pack.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-networks-'))
const at = (name: string) => join(folder, name)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const position = (address: string) => positionOf(address) ?? -1n

describe('positions', () => {
  test.each([
    ['0.0.0.0', 0xffff_0000_0000n],
    ['255.255.255.255', 0xffff_ffff_ffffn],
    ['203.0.113.7', 0xffff_cb00_7107n],
    ['::ffff:203.0.113.7', 0xffff_cb00_7107n],
    ['2001:db8::1', 0x2001_0db8_0000_0000n],
    ['2001:db8:1:2:3:4:5:6', 0x2001_0db8_0001_0002n],
    ['::', 0n],
    ['::1', 1n],
    ['203.0.113', undefined],
    ['fe80::1%eth0', undefined],
    ['host.example', undefined],
  ])('%s stands at %s', (address, expected) => {
    expect(positionOf(address)).toBe(expected)
  })
})

const range = (from: string, to: string, asn: number, more: Partial<NetworkRange> = {}) => ({
  first: position(from),
  last: position(to),
  asn,
  organisation: `Operator ${asn}`,
  kind: '' as const,
  country: 'CA',
  ...more,
})

describe('layers', () => {
  test('what a list says of an address goes before its operator; neighbours that say the same are one', async () => {
    const value = (asn: number) => ({ asn, organisation: `Operator ${asn}` })
    const merged = await mergeLayers(
      {
        operators: [
          { first: 10n, last: 19n, value: value(1) },
          { first: 20n, last: 29n, value: value(1) },
          { first: 40n, last: 49n, value: value(2) },
        ],
        countries: [{ first: 0n, last: 44n, value: 'CA' }],
        kinds: [{ first: 25n, last: 25n, value: 'tor' }],
      },
      (asn) => (asn === 2 ? 'hosting' : ''),
    )
    expect(
      merged.map((one) => [Number(one.first), Number(one.last), one.asn, one.kind, one.country]),
    ).toEqual([
      [0, 9, 0, '', 'CA'],
      [10, 24, 1, '', 'CA'],
      [25, 25, 1, 'tor', 'CA'],
      [26, 29, 1, '', 'CA'],
      [30, 39, 0, '', 'CA'],
      [40, 44, 2, 'hosting', 'CA'],
      [45, 49, 2, 'hosting', ''],
    ])
  })

  test('a network in a list is the whole of it, a narrower one inside a wider speaks for itself', async () => {
    const file = at('list.txt')
    writeFileSync(file, '# exits\n203.0.113.77/24\n\n198.51.100.9\n2001:db8:5::/48 ; a note\n')
    expect(await readListed(file, 'tor')).toEqual([
      { first: position('203.0.113.0'), last: position('203.0.113.255'), value: 'tor' },
      { first: position('198.51.100.9'), last: position('198.51.100.9'), value: 'tor' },
      { first: position('2001:db8:5::'), last: position('2001:db8:5:ffff::'), value: 'tor' },
    ])
  })

  test.each(['203.0.113.0/33', '203.0.113.0/24/1', 'example.org', '203.0.113.9-203.0.113.12'])(
    'a line that is no network is named with its number: %s',
    async (line) => {
      const file = at('bad.txt')
      writeFileSync(file, `203.0.113.1\n${line}\n`)
      await expect(readListed(file, 'vpn')).rejects.toMatchObject({
        details: { problem: 'bad_range', met: `2: ${line}` },
      })
    },
  )

  test('an operator’s name may hold commas and quotes', async () => {
    const file = at('operators.csv')
    writeFileSync(file, '203.0.113.0,203.0.113.255,64500,"North, ""The"" Net"\n')
    const [read] = await readOperators([file])
    expect(read?.value).toEqual({ asn: 64_500, organisation: 'North, "The" Net' })
  })
})

test('kinds come from the number, else from whole words of the name', () => {
  const kindOf = readKinds(CONTENT.networkKinds)
  expect(kindOf(577, 'Bell Canada')).toBe('access')
  expect(kindOf(64_500, 'Fast VPS Ltd')).toBe('hosting')
  expect(kindOf(64_500, 'Université / University of Somewhere')).toBe('education')
  // `collegedale` is no college, `scable` no cable.
  expect(kindOf(64_500, 'Collegedale Scable Inc')).toBe('')
})

const RANGES: readonly NetworkRange[] = [
  range('198.51.100.0', '198.51.100.255', 64_500, { kind: 'access' }),
  range('203.0.113.0', '203.0.113.255', 64_501, { kind: 'hosting', organisation: 'Å-Cloud' }),
  range('2001:db8::', '2001:db8:ffff:ffff::', 64_500),
]
const SOURCE = {
  name: 'own lists',
  version: '1',
  licence: 'CC0-1.0',
  address: '',
  dated: '2026-11-01T00:00:00.000Z',
}

async function pack(name: string): Promise<Buffer> {
  makeKey(at('key.pem'))
  await writePack(at(name), {
    ranges: RANGES,
    sources: [SOURCE],
    keyFile: at('key.pem'),
    nowMs: Date.UTC(2026, 10, 2),
  })
  return readFileSync(at(name))
}

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}

async function readBack(bytes: Uint8Array, size = 7): Promise<readonly NetworkRange[]> {
  const body = at('body.gz')
  await receivePack(pieces(bytes, size), body, () => undefined)
  const ranges: NetworkRange[] = []
  for await (const one of rangesOf(body)) ranges.push(one)
  return ranges
}

/** A pack that somebody signed whatever is in it. */
function packOf(body: Uint8Array, sha256: string): Buffer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const header = { dated: SOURCE.dated, made: SOURCE.dated, ranges: 1, sha256, sources: [SOURCE] }
  const text = `vigie-networks 1\n${JSON.stringify(header)}\n`
  const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  const signature = sign(null, Buffer.from(text), privateKey).toString('base64')
  return Buffer.concat([Buffer.from(`${text}${key} ${signature}\n`), body])
}

const digest = (bytes: Uint8Array) =>
  import('node:crypto').then(({ hash }) => hash('sha256', bytes))

describe('packs', () => {
  test('what was packed is read back, in pieces of any size', async () => {
    const bytes = await pack('good.pack')
    for (const size of [1, 7, 100_000]) expect(await readBack(bytes, size)).toEqual(RANGES)
  })

  test('no single changed byte is taken', async () => {
    const bytes = await pack('changed.pack')
    for (let place = 0; place < bytes.length; place += 3) {
      const changed = Buffer.from(bytes)
      changed[place] = (changed[place] ?? 0) ^ 0x01
      const thrown = await readBack(changed, 1 << 16).catch((cause: unknown) => cause)
      expect(isVigieError(thrown) && thrown.code, `byte ${place}`).toBe('NETWORKS_REFUSED')
    }
  })

  test('a pack cut short anywhere is refused', async () => {
    const bytes = await pack('short.pack')
    for (const length of [0, 10, 300, bytes.length - 1])
      await expect(readBack(bytes.subarray(0, length))).rejects.toMatchObject({
        code: 'NETWORKS_REFUSED',
      })
  })

  test.each([
    [
      'ranges that overlap',
      [RANGES[0], RANGES[0]].flatMap((one) => (one ? lineOf(one) : [])).join(''),
    ],
    ['an end before its start', 'ff\tfe\t1\t\tCA\tx\n'],
    ['a kind that there is not', '1\t2\t1\tcastle\tCA\tx\n'],
    ['a line without an end', 'a'.repeat(5_000_000)],
    ['no column', '\n'],
  ])('signed or not, %s is refused', async (_, text) => {
    const body = gzipSync(text)
    await expect(readBack(packOf(body, await digest(body)), 1 << 16)).rejects.toMatchObject({
      details: { problem: 'bad_range' },
    })
  })

  test('what is signed and not compressed at all is damaged', async () => {
    const body = Buffer.from('not compressed')
    await expect(readBack(packOf(body, await digest(body)))).rejects.toMatchObject({
      details: { problem: 'damaged' },
    })
  })
})
