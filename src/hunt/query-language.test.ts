import { describe, expect, test } from 'vitest'
import { textOf } from '../store/index.ts'
import { describeHuntProblem } from './problem.ts'
import { queryCondition } from './query-condition.ts'
import { readQuery } from './query-language.ts'
import type { QueryNode } from './query-language.ts'

/** The tree as short text, so that a whole reading stands on one line. */
function shape(node: QueryNode): string {
  switch (node.kind) {
    case 'all':
      return '*'
    case 'and':
    case 'or':
      return `${node.kind}(${node.nodes.map(shape).join(' ')})`
    case 'not':
      return `not(${shape(node.node)})`
    case 'words':
      return `${node.value.isQuoted ? 'phrase' : 'word'}<${node.value.like ?? node.value.text}>`
    case 'exists':
      return `${node.field}:exists`
    case 'field':
      break
  }
  return `${node.field}${node.comparison}<${node.value.like ?? node.value.text}>`
}

const read = (query: string): string => {
  const result = readQuery(query)
  return result.ok
    ? shape(result.value)
    : `${result.problem.kind} ${result.problem.at?.line}:${result.problem.at?.column}`
}

describe('reads', () => {
  test.each([
    ['', '*'],
    ['   ', '*'],
    ['failed login', 'and(word<failed> word<login>)'],
    ['"failed login"', 'phrase<failed login>'],
    ['user_name:alice', 'user_name=<alice>'],
    ['user_name:alice action:deny', 'and(user_name=<alice> action=<deny>)'],
    ['a:1 OR b:2 c:3', 'or(a=<1> and(b=<2> c=<3>))'],
    ['(a:1 OR b:2) AND c:3', 'and(or(a=<1> b=<2>) c=<3>)'],
    ['a:1 || b:2 && c:3', 'or(a=<1> and(b=<2> c=<3>))'],
    ['-action:deny', 'not(action=<deny>)'],
    ['NOT action:deny x', 'and(not(action=<deny>) word<x>)'],
    ['-(a:1 b:2)', 'not(and(a=<1> b=<2>))'],
    ['a:(1 OR 2, 3)', 'or(a=<1> a=<2> a=<3>)'],
    ['a:("x y" OR z*)', 'or(a=<x y> a=<z%>)'],
    ['dst_port:>1024', 'dst_port><1024>'],
    ['dst_port:<=10', 'dst_port<=<10>'],
    ['dst_port:10..20', 'dst_port=<10..20>'],
    ['url:*', 'url:exists'],
    ['url:"*"', 'url=<*>'],
    ['host:srv?-*', 'host=<srv_-%>'],
    ['p:100%_a*', String.raw`p=<100\%\_a%>`],
    [String.raw`p:C:\Windows\*.exe`, String.raw`p=<C:\Windows*.exe>`],
    [String.raw`p:*\cmd.exe`, String.raw`p=<%\\cmd.exe>`],
    [String.raw`p:"C:\\Windows\\x"`, String.raw`p=<C:\Windows\x>`],
    [String.raw`p:"a\"b"`, 'p=<a"b>'],
    ['src_ip:2001:db8::1', 'src_ip=<2001:db8::1>'],
    ['2001:db8::1', 'word<2001:db8::1>'],
    ['fe80::1', 'word<fe80::1>'],
    ['https://example.org/a?b=1', 'word<https://example.org/a_b=1>'],
    ['aa:bb:cc:dd:ee:ff', 'word<aa:bb:cc:dd:ee:ff>'],
    [String.raw`C:\temp`, String.raw`word<C:\temp>`],
    ['url:https://example.org/x', 'url=<https://example.org/x>'],
    ['cs-uri-query:x', 'cs-uri-query=<x>'],
    ['properties.message:y', 'properties.message=<y>'],
    ['and or not', 'and(word<and> word<or> word<not>)'],
    ['well-known', 'word<well-known>'],
    ['a,b', 'word<a,b>'],
    ['field:été', 'field=<été>'],
  ])('%s', (query, expected) => {
    expect(read(query)).toBe(expected)
  })
})

describe('says where it fails', () => {
  test.each([
    ['"open', 'unclosed_quote 1:1'],
    ['a:1 "open', 'unclosed_quote 1:5'],
    ['(a:1', 'unclosed_parenthesis 1:1'],
    ['a:(1 OR 2', 'unclosed_parenthesis 1:3'],
    ['a:1)', 'stray_parenthesis 1:4'],
    ['()', 'stray_parenthesis 1:2'],
    ['user_name:', 'missing_value 1:1'],
    ['user_name: alice', 'missing_value 1:1'],
    ['dst_port:>', 'missing_value 1:10'],
    ['a:()', 'missing_value 1:4'],
    ['a:(1 2)', 'list_separator 1:6'],
    ['a:1 OR', 'missing_term 1:5'],
    ['AND a:1', 'missing_term 1:1'],
    ['a:1\nNOT', 'missing_term 2:1'],
    [`${'('.repeat(60)}a`, 'too_deep 1:41'],
    [Array.from({ length: 501 }, () => 'a').join(' '), 'too_many_terms 1:1001'],
  ])('%s', (query, expected) => {
    expect(read(query)).toBe(expected)
  })

  test.each([
    ['dst_port:high', 'not_a_number'],
    ['dst_port:-1', 'not_a_number'],
    ['src_ip:fw-01', 'not_an_address'],
    ['src_ip:192.0.2.0/33', 'not_an_address'],
    ['src_ip:300.1.1.1', 'not_an_address'],
    ['time:yesterday', 'not_a_time'],
    ['user_name:>5', 'not_comparable'],
    ['any:>5', 'not_comparable'],
    ['vendorfield:>x', 'not_comparable'],
  ])('%s', (query, kind) => {
    const tree = readQuery(query)
    expect(tree.ok && queryCondition(tree.value, query)).toMatchObject({
      ok: false,
      problem: { kind, at: { line: 1, column: 1 } },
    })
  })

  test('in both languages, with the place', () => {
    const tree = readQuery('a:1 "open')
    const problem = tree.ok ? undefined : tree.problem
    expect(problem && describeHuntProblem(problem, 'en')).toBe(
      'a quotation mark is opened and never closed (character 5).',
    )
    expect(problem && describeHuntProblem(problem, 'fr')).toBe(
      'un guillemet s’ouvre et ne se ferme jamais (caractère 5).',
    )
  })
})

test('binds every value, never writes one into the SQL', () => {
  const query = `a'b:"x') OR 1=1 --" user_name:"');DROP" src_ip:192.0.2.7 dst_port:443 words' time:2026-11-23 vendor:zz*'`
  const tree = readQuery(query)
  const condition = tree.ok ? queryCondition(tree.value, query) : tree
  expect(condition.ok && textOf(condition.value)).not.toMatch(/DROP|1=1|192\.0\.2\.7|words|zz/u)
})

test('never throws, whatever is typed', () => {
  const pieces = [
    'a',
    'src_ip:',
    'dst_port:',
    'time:',
    ':',
    '"',
    '(',
    ')',
    ',',
    'OR',
    'AND',
    'NOT',
    '-',
    '*',
    '?',
    '\\',
    ' ',
    '>',
    '..',
    '/',
    '8',
    '192.0.2.1',
    '\n',
    '\0',
    'é',
    '😀',
    '\ud800',
  ]
  let state = 7
  const next = (most: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * most)
  }
  let readable = 0
  for (let round = 0; round < 20_000; round++) {
    const query = Array.from({ length: 1 + next(10) }, () => pieces[next(pieces.length)]).join('')
    const tree = readQuery(query)
    if (tree.ok && queryCondition(tree.value, query).ok) readable++
  }
  expect(readable).toBeGreaterThan(1000)
})
