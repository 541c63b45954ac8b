import { describe, expect, test } from 'vitest'
import { readConfig } from '../read-config.ts'
import { dialects, door, lostLines, read } from '../reference.test-helper.ts'
import { buildTree } from './build-tree.ts'
import type { ConfigNode } from './config-tree.ts'
import { walk } from './config-tree.ts'
import { LIMITS } from './node-builder.ts'
import { readText, splitLines } from './read-text.ts'

const shown = (node: ConfigNode): unknown =>
  node.children.length === 0
    ? `${node.line}${node.ownLast === node.line ? '' : `-${node.ownLast}`} ${node.kind === 'statement' ? '' : `${node.kind} `}${node.text.split('\n')[0]}`
    : { [`${node.line}-${node.last} ${node.text}`]: node.children.map(shown) }
const tree = (text: string, make: string) => read(text, make).tree.root.children.map(shown)

describe('the indentation family', () => {
  test('nests by how far in a line stands, and a closer belongs to its block', () => {
    expect(
      tree(
        'version 15.2\nrouter bgp 1\n address-family ipv4\n  network 10.0.0.0\n exit-address-family\n!\nhostname r1',
        'cisco-ios',
      ),
    ).toEqual([
      '1 version 15.2',
      {
        '2-5 router bgp 1': [
          { '3-5 address-family ipv4': ['4 network 10.0.0.0', '5 closer exit-address-family'] },
        ],
      },
      '6 comment !',
      '7 hostname r1',
    ])
  })

  test('of a make that indents nothing ends blocks by their closers, and begins one where a closer was lost', () => {
    expect(
      tree(
        '!System Software Version "1.9"\ninterface 0/1\nip access-group 7 in\nexit\npolicy-map P in\nclass C\ndrop\nexit\nexit\ninterface 0/2\nshutdown\ninterface 0/3\nshutdown\nexit\nhostname "e"',
        'ubiquiti-edgeswitch',
      ).slice(1),
    ).toEqual([
      { '2-4 interface 0/1': ['3 ip access-group 7 in', '4 closer exit'] },
      { '5-9 policy-map P in': [{ '6-8 class C': ['7 drop', '8 closer exit'] }, '9 closer exit'] },
      { '10-11 interface 0/2': ['11 shutdown'] },
      { '12-14 interface 0/3': ['13 shutdown', '14 closer exit'] },
      '15 hostname "e"',
    ])
  })

  test('never reads a banner as configuration', () => {
    const { root } = read(
      'version 15.2\nbanner motd ^C\nline vty 0 4\n access-class 1 in\n^C\nhostname r1',
      'cisco-ios',
    ).tree
    expect(root.children.map(shown)).toEqual([
      '1 version 15.2',
      { '2-5 banner motd ^C': ['3-5 opaque line vty 0 4'] },
      '6 hostname r1',
    ])
  })

  test('does not let a banner that never ends hide what follows', () => {
    const { tree: read1, coverage } = read(
      'version 15.2\nbanner motd #\nusername x privilege 15 password 0 y',
      'cisco-ios',
    )
    expect([...walk(read1.root)].some(({ text }) => text.startsWith('username x'))).toBe(true)
    expect(coverage).toMatchObject({ understood: 2, unparsed: [2] })
  })

  test('keeps a certificate whole', () => {
    expect(
      tree(
        'version 15.2\ncrypto pki certificate chain T\n certificate self-signed 01\n  30820330 30820218\n  \tquit\nhostname r1',
        'cisco-ios',
      )[1],
    ).toEqual({
      '2-5 crypto pki certificate chain T': [
        { '3-5 certificate self-signed 01': ['4-5 opaque   30820330 30820218'] },
      ],
    })
  })

  test('EOS ends its banner with EOF', () => {
    expect(
      tree(
        '! device: a1 (x, EOS-4.29)\nbanner motd\nhi # there\nEOF\nhostname a1',
        'arista-eos',
      )[1],
    ).toEqual({
      '2-4 banner motd': ['3-4 opaque hi # there'],
    })
  })

  test('a line of two megabytes and text of another encoding lose nothing', () => {
    const long = `username backdoor privilege 15 secret 9 ${'A'.repeat(3000)}`
    expect(read(`version 15.2\n${long}`, 'cisco-ios').tree.root.children).toHaveLength(2)
    const latin = readText(Buffer.from('hostname caf\u00e9', 'latin1'))
    expect(latin).toMatchObject({ ok: true, text: 'hostname café', encoding: 'windows-1252' })
  })
})

describe('FortiOS', () => {
  test('nests by config and edit, over quoted values that hold next and end', () => {
    expect(
      tree(
        'config system admin\n    edit "a"\n        set comments "x\nnext\nend"\n    next\nend',
        'fortios',
      ),
    ).toEqual([
      {
        '1-7 config system admin': [
          { '2-6 edit "a"': ['3-5 set comments "x', '6 closer next'] },
          '7 closer end',
        ],
      },
    ])
  })

  test('says which lines it does not understand', () => {
    expect(read('config system global\n    sett x\nend', 'fortios').coverage).toMatchObject({
      significant: 3,
      understood: 2,
      unparsed: [2],
    })
  })
})

describe('the brace family', () => {
  test('takes braces and semicolons in quotes for text', () => {
    expect(
      tree(
        'system {\n    login {\n        message "do { not } enter; ever";\n        user a { class b; }\n    }\n}\nversion 18.2R1;',
        'junos',
      ),
    ).toEqual([
      {
        '1-6 system': [
          {
            '2-5 login': [
              '3 message "do { not } enter; ever"',
              { '4-4 user a': ['4 class b'] },
              '5 closer }',
            ],
          },
          '6 closer }',
        ],
      },
      '7 version 18.2R1',
    ])
  })

  test('ends a statement with the line where the make does', () => {
    expect(
      tree('interfaces {\n    ethernet eth0 {\n        address 192.0.2.1/24\n    }\n}', 'vyos'),
    ).toEqual([
      {
        '1-5 interfaces': [
          { '2-4 ethernet eth0': ['3 address 192.0.2.1/24', '4 closer }'] },
          '5 closer }',
        ],
      },
    ])
  })

  test('keeps a script with any braces as it is', () => {
    expect(
      tree(
        '#TMSH-VERSION: 15.1\nltm rule r {\n  when X { log "a\\}" }\n}\nnet vlan v {\n}',
        'f5-bigip',
      ),
    ).toEqual([
      '1 comment #TMSH-VERSION: 15.1',
      { '2-4 ltm rule r': ['3 opaque   when X { log "a\\}" }', '4 closer }'] },
      { '5-6 net vlan v': ['6 closer }'] },
    ])
  })

  test('says that half a configuration is half', () => {
    expect(read('system {\n    host-name j1;\n', 'junos').tree.unclosed).toBe(1)
  })
})

describe('the set family', () => {
  test('is a line a statement, and free text goes on', () => {
    expect(
      tree(
        'set deviceconfig system login-banner a\n# b\nset deviceconfig system domain c\nwhat',
        'panos',
      ),
    ).toEqual([
      { '1-2 set deviceconfig system login-banner a': ['2 opaque # b'] },
      '3 set deviceconfig system domain c',
      '4 unparsed what',
    ])
  })

  test('RouterOS says where once, and splits lines anywhere', () => {
    expect(
      tree(
        '# x by RouterOS 7\n/ip address\nadd address=192.0.\\\n    2.1/24 interface=e1\n/user add name=a',
        'routeros',
      ),
    ).toEqual([
      '1 comment # x by RouterOS 7',
      { '2-4 /ip address': ['3-4 add address=192.0.2.1/24 interface=e1'] },
      '5 /user add name=a',
    ])
  })
})

describe('XML', () => {
  test('an element that holds no other is its name and value', () => {
    expect(
      tree('<pfsense>\n<system>\n<hostname>fw</hostname>\n</system>\n</pfsense>', 'pfsense'),
    ).toEqual([
      { '1-5 pfsense': [{ '2-4 system': ['3 hostname fw', '4 closer </>'] }, '5 closer </>'] },
    ])
  })

  test('expands no entity and reads no document type', () => {
    const bomb =
      '<!DOCTYPE x [\n<!ENTITY a "aaaa">\n<!ENTITY b "&a;&a;">\n]>\n<pfsense>\n<system>\n<hostname>&b;</hostname>\n</system>\n</pfsense>'
    const { tree: read1, coverage } = read(bomb, 'pfsense')
    expect([...walk(read1.root)].map(({ text }) => text)).toContain('hostname &b;')
    expect(coverage).toMatchObject({ unparsed: [1, 2, 3, 4] })
  })
})

describe('limits', () => {
  const make = dialects.find(({ name }) => name === 'junos')

  test('nesting without end is refused as a whole', () => {
    const lines = Array.from({ length: 500 }, (_, at) => `a${at} {`)
    expect(buildTree(lines, 'brace', make)).toEqual({
      ok: false,
      problem: { kind: 'too_deep', line: LIMITS.depth + 1, limit: LIMITS.depth },
    })
  })

  test('so is a line without end', () => {
    expect(buildTree(['x'.repeat(LIMITS.line + 1)], 'set', make)).toEqual({
      ok: false,
      problem: { kind: 'line_too_long', line: 1, limit: LIMITS.line },
    })
  })

  test('and what is no text', () => {
    expect(readText(Buffer.from('a\nb\u0000\u0001c\u0000'))).toEqual({
      ok: false,
      problem: { kind: 'binary', line: 2, limit: 0 },
    })
  })
})

test('line ends of other systems and what a pager wrote over are taken away', () => {
  expect(splitLines('a\r\n --More-- \b\b\b\b\b\b\b\b\b        b\r\nc')).toEqual(['a', 'b', 'c'])
})

test.each(['indent', 'edit', 'brace', 'set', 'context', 'xml'] as const)(
  '%s never throws and never loses a line, whatever the text',
  (form) => {
    const pieces = [
      'config a',
      'edit "b',
      'next',
      'end',
      'set x "y',
      '}',
      '{',
      'a { b; }',
      '/* x',
      '*/',
      '<a>',
      '</a>',
      '<b x="',
      ']]>',
      '<![CDATA[',
      '/ip',
      'add \\',
      '  x',
      '\t\ty',
      'banner motd #',
      '#',
      '!',
      'certificate 1',
      '"',
      '\\',
      ';',
      '\u0003',
      'ltm rule r {',
      ' exit-x',
    ]
    let seed = 7
    const chance = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return Math.floor((seed / 2_147_483_648) * below)
    }
    for (let round = 0; round < 400; round += 1) {
      const lines = Array.from({ length: 1 + chance(14) }, () =>
        Array.from({ length: 1 + chance(3) }, () => pieces[chance(pieces.length)]).join(' '),
      )
      for (const dialect of dialects.filter(({ forms }) => forms.includes(form))) {
        const built = buildTree(lines, form, dialect)
        if (built.ok) expect({ lines, lost: lostLines(built.tree) }).toEqual({ lines, lost: [] })
      }
    }
  },
)

test.each([
  ['a document type that never ends', (n: number) => '<!a[b>'.repeat(n)],
  ['character data that never ends', (n: number) => '<a><![CDATA['.repeat(n)],
  [
    'a line of words that secrets follow',
    (n: number) => `snmp-server user a auth ${'snmp user password '.repeat(n)}`,
  ],
  [
    'many lists',
    (n: number) => Array.from({ length: n }, (_, at) => `access-list ${at} permit any`).join('\n'),
  ],
  [
    'open quotations',
    (n: number) =>
      Array.from({ length: n }, (_, at) => `set a${at} ${at % 3 === 0 ? '"' : 'b'}`).join('\n'),
  ],
])('hostile text takes time that grows with its length: %s', (_, text) => {
  const cost = (n: number) => {
    const startMs = performance.now()
    readConfig(Buffer.from(`version 15.2\n${text(n)}`), { dialects, door })
    return performance.now() - startMs
  }
  cost(2000)
  // Thirty times the text: a square would take nine hundred times as long.
  expect(cost(30_000)).toBeLessThan(Math.max(cost(1000), 20) * 150)
})
