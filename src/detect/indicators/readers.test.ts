import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Read } from './entry.ts'
import { normalise } from './normalise.ts'
import { readList } from './read-list.ts'
import { readPattern } from './stix-pattern.ts'

/** Read in pieces of `size` bytes, which cut names, escapes and characters in two. */
async function read(text: string, size = 7): Promise<readonly Read[]> {
  const bytes = Buffer.from(text)
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  const found: Read[] = []
  for await (const { entries } of readList(pieces())) found.push(...entries)
  return found
}

function values(found: readonly Read[]): readonly string[] {
  return found.flatMap((one) => (one.kind === 'entry' ? [one.entry.value] : []))
}

function reasons(found: readonly Read[]): readonly (readonly [number, string])[] {
  return found.flatMap((one) =>
    one.kind === 'unusable' ? [[one.unusable.line, one.unusable.reason] as const] : [],
  )
}

describe('values', () => {
  test.each([
    ['hxxp://evil[.]example/A', 'url', 'evil.example/a'],
    ['https://evil.example', 'url', 'evil.example/'],
    ['http://evil.example:8080/x?y#z', 'url', 'evil.example:8080/x?y'],
    ['*.Evil[dot]example.', 'domain', 'evil.example'],
    ['münchen.example', 'domain', 'xn--mnchen-3ya.example'],
    ['1.2.3.4:443', 'address', '1.2.3.4'],
    ['1.2.3[.]4', 'address', '1.2.3.4'],
    ['::ffff:1.2.3.4', 'address', '1.2.3.4'],
    ['2001:DB8::1', 'address', '2001:db8::1'],
    ['1.2.3.0/24', 'prefix', '1.2.3.0/24'],
    ['D41D8CD98F00B204E9800998ECF8427E', 'hash', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['a(at)b[.]example', 'email', 'a@b.example'],
    ['HKEY_LOCAL_MACHINE\\Software\\\\Evil\\', 'registry_key', 'hklm\\software\\evil'],
    ['t13d1516h2_8daaf6152771_02713d6af862', 'fingerprint', 't13d1516h2_8daaf6152771_02713d6af862'],
  ])('%s is %s %s', (value, kind, key) => {
    expect(normalise(value)).toEqual({ ok: true, kind, key })
  })

  test.each([
    ['', 'empty'],
    ['x'.repeat(3000), 'too_long'],
    ['word', 'unknown_kind'],
    ['0.0.0.0/0', 'too_wide'],
    ['1.2.3.4/99', 'too_wide'],
    ['::/8', 'too_wide'],
    ['com', 'unknown_kind'],
    ['-bad-.example', 'unknown_kind'],
  ])('%s is refused: %s', (value, reason) => {
    expect(normalise(value)).toEqual({ ok: false, reason })
  })

  test('a name that is an address is an address', () => {
    expect(normalise('45.9.148.7', 'domain')).toMatchObject({ kind: 'address' })
  })
})

describe('plain lists', () => {
  test('comments, blank lines, quotes and any line end', async () => {
    const text = '\uFEFF# head\r\n\r\nevil.example # who\r\n; note\n"quoted.example"\nlast.example'
    expect(values(await read(text))).toEqual(['evil.example', 'quoted.example', 'last.example'])
  })

  test('a line without end is refused, and memory stays flat', async () => {
    const found = await read(`a.example\n${'x'.repeat(400_000)}\nb.example\n`, 4096)
    expect(values(found)).toEqual(['a.example', 'b.example'])
    expect(reasons(found)).toEqual([[2, 'entry_too_large']])
  })

  test('bytes that are no text stop nothing', async () => {
    const noise = Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919) % 256))
    expect((await read(`${noise.toString('latin1')}\nok.example\n`)).length).toBeGreaterThan(0)
  })
})

describe('CSV', () => {
  test('the header says which cell is what', async () => {
    const [first] = await read(
      'id,Type,Indicator,TLP,confidence,valid_until,comment\n7,hostname,"evil.example",TLP:AMBER+STRICT,80,2027-01-02,"a ""b"", c"\n',
    )
    expect(first).toEqual({
      kind: 'entry',
      entry: {
        value: 'evil.example',
        line: 2,
        kind: 'domain',
        marking: 'amber+strict',
        confidence: 80,
        untilMs: Date.UTC(2027, 0, 2),
        label: 'a "b", c',
        reference: '7',
      },
    })
  })

  test.each([';', '\t'])('cells apart by %j', async (separator) => {
    expect(values(await read(`type${separator}value\nip-dst${separator}1.2.3.4\n`))).toEqual([
      '1.2.3.4',
    ])
  })
})

describe('STIX', () => {
  test.each([
    ["[ipv4-addr:value = '1.2.3.4']", ['1.2.3.4']],
    [
      "[domain-name:value='a.example' OR domain-name:value = 'b.example']",
      ['a.example', 'b.example'],
    ],
    [
      "[url:value = 'http://a.example/it\\'s'] OR [file:hashes.'SHA-256' = 'ab']",
      ["http://a.example/it's", 'ab'],
    ],
    ["[ipv4-addr:value IN ('1.1.1.2','1.1.1.3')]", ['1.1.1.2', '1.1.1.3']],
  ])('%s', (pattern, found) => {
    expect(readPattern(pattern)?.map(({ value }) => value)).toEqual(found)
  })

  test.each([
    "[ipv4-addr:value = '1.2.3.4' AND domain-name:value = 'a.example']",
    "[ipv4-addr:value = '1.2.3.4'] FOLLOWEDBY [url:value = 'x']",
    "[ipv4-addr:value != '1.2.3.4']",
    "[file:name MATCHES 'x.*']",
    "[ipv4-addr:value = '1.2.3.4'] WITHIN 5 SECONDS",
    "[ipv4-addr:value = '1.2.3.4' OR ]",
    "[ipv4-addr:value = '1.2.3.4'",
    "ipv4-addr:value = '1.2.3.4'",
    '[]',
    ' '.repeat(60_000),
    `[${' '.repeat(60_000)}x`,
  ])('%.60s is refused', (pattern) => {
    const startMs = performance.now()
    expect(readPattern(pattern)).toBeUndefined()
    expect(performance.now() - startMs).toBeLessThan(500)
  })

  const BUNDLE = {
    type: 'bundle',
    id: 'bundle--1',
    objects: [
      { type: 'malware', name: 'x { "objects": [' },
      {
        type: 'indicator',
        id: 'indicator--1',
        name: 'C2 "quoted" \\ {',
        pattern: "[domain-name:value = 'evil.example']",
        pattern_type: 'stix',
        valid_from: '2026-01-01T00:00:00Z',
        valid_until: '2027-01-01T00:00:00Z',
        confidence: 85,
        object_marking_refs: ['marking-definition--f88d31f6-486f-44da-b317-01333bde0b82'],
      },
      { type: 'indicator', id: 'indicator--2', pattern: 'rule x {}', pattern_type: 'yara' },
      {
        type: 'indicator',
        id: 'indicator--3',
        pattern: "[url:value='http://x.example/']",
        revoked: true,
      },
    ],
  }

  test.each([1, 3, 64, 100_000])('a bundle in pieces of %i bytes', async (size) => {
    const found = await read(JSON.stringify(BUNDLE, null, 2), size)
    expect(values(found)).toEqual(['evil.example', 'http://x.example/'])
    expect(reasons(found)).toEqual([[22, 'pattern']])
    expect(found[0]).toMatchObject({
      entry: {
        confidence: 85,
        marking: 'amber',
        untilMs: Date.UTC(2027, 0, 1),
        reference: 'indicator--1',
      },
    })
    expect(found[2]).toMatchObject({ entry: { revoked: true } })
  })
})

describe('MISP', () => {
  const EVENT = {
    response: [
      {
        Event: {
          info: 'x',
          Attribute: [
            { type: 'ip-dst|port', value: '1.2.3.4|443', to_ids: true, uuid: 'u1', comment: 'C2' },
            { type: 'filename|sha256', value: `x.exe|${'a'.repeat(64)}`, to_ids: '1' },
            { type: 'domain', value: 'seen.example', to_ids: false },
            { type: 'text', value: 'note', to_ids: true },
          ],
          Object: [
            { name: 'file', Attribute: [{ type: 'md5', value: 'b'.repeat(32), to_ids: true }] },
          ],
          Tag: [{ name: 'tlp:green' }],
        },
      },
    ],
  }

  test('attributes for detection are read, also those of objects, with the event’s marking', async () => {
    const found = await read(JSON.stringify(EVENT))
    expect(values(found)).toEqual(['1.2.3.4', 'a'.repeat(64), 'b'.repeat(32)])
    expect(reasons(found).map(([, reason]) => reason)).toEqual([
      'not_for_detection',
      'unknown_kind',
    ])
    expect(found.at(-1)).toEqual({ kind: 'marking', marking: 'green' })
  })
})

describe('hostile JSON', () => {
  test('nesting, an endless object and a cut-off file are counted', async () => {
    expect(reasons(await read(`{"a":${'['.repeat(100)}`))).toEqual([[1, 'too_deep']])
    const huge = `{"objects":[{"type":"indicator","x":"${'y'.repeat(1_200_000)}"},{"type":"indicator","pattern":"[url:value='http://z.example']"}]}`
    const found = await read(huge, 65_536)
    expect(reasons(found)).toEqual([[1, 'entry_too_large']])
    expect(values(found)).toEqual(['http://z.example'])
    expect(reasons(await read('{"objects":[{"type":"indicator"'))).toEqual([[1, 'cut_off']])
    expect(reasons(await read('{"objects":[{"type" "indicator"}]}'))).toEqual([[1, 'not_json']])
  })
})

const SHARED = join(import.meta.dirname, '../../../../shared/data/sharing/stix_bundles')
const bundles = existsSync(SHARED)
  ? readdirSync(SHARED).filter((file) => file.endsWith('.stix2'))
  : []

describe.skipIf(bundles.length === 0)('real bundles', () => {
  test.each(bundles)('%s gives a value for each simple pattern', async (file) => {
    const text = readFileSync(join(SHARED, file), 'utf8')
    const found = await read(text, 65_536)
    // Nothing that a log line shows: what a telephone has installed.
    const others = text.match(/"pattern": ?"\[(?:app|configuration-profile):/g) ?? []
    const indicators = text.match(/"type": ?"indicator"/g) ?? []
    expect(reasons(found)).toHaveLength(others.length)
    expect(values(found)).toHaveLength(indicators.length - others.length)
    const kept = found.filter(
      (one) => one.kind === 'entry' && normalise(one.entry.value, one.entry.kind).ok,
    )
    expect(kept.length).toBeGreaterThan(values(found).length * 0.98)
  })
})
