// The tables of iptables-save as chains of rules, each rule as its options.

import type { ConfigTree } from '../../tree/config-tree.ts'

export type Option = {
  /** Without dashes, by its long name: `source`, `dport`, `ctstate`. */
  readonly name: string
  readonly value: string
  readonly isNot: boolean
}

export type ChainRule = {
  /** `ACCEPT`, the name of a chain; '' where it only counts. */
  readonly target: string
  readonly options: readonly Option[]
  readonly line: number
  readonly text: string
}

export type Chain = {
  /** `null`: of a person's own, which goes back to where it was called. */
  readonly policy: string | null
  readonly rules: readonly ChainRule[]
}

export type Tables = ReadonlyMap<string, ReadonlyMap<string, Chain>>

type Building = { policy: string | null; rules: ChainRule[] }

export function tablesIn({ lines }: Pick<ConfigTree, 'lines'>): Tables {
  const tables = new Map<string, Map<string, Building>>()
  let table = new Map<string, Building>()
  for (const [at, written] of lines.entries()) {
    const text = written.trim()
    const [, started] = /^\*(\S+)$/.exec(text) ?? []
    if (started !== undefined) {
      table = tables.get(started) ?? new Map<string, Building>()
      tables.set(started, table)
    }
    const [, chain, policy] = /^:(\S+) (\S+)/.exec(text) ?? []
    if (chain !== undefined) chainIn(table, chain).policy = policy === '-' ? null : (policy ?? null)
    const [, name, rest] = /^(?:\[\d+:\d+\] )?-A (\S+)(?: (.*))?$/.exec(text) ?? []
    if (name !== undefined)
      chainIn(table, name).rules.push({ ...ruleIn(rest ?? ''), line: at + 1, text })
  }
  return tables
}

function chainIn(table: Map<string, Building>, name: string): Building {
  const known = table.get(name) ?? { policy: null, rules: [] }
  table.set(name, known)
  return known
}

const LONG: Readonly<Record<string, string>> = {
  s: 'source',
  d: 'destination',
  i: 'in-interface',
  o: 'out-interface',
  p: 'protocol',
  src: 'source',
  dst: 'destination',
  'source-port': 'sport',
  'destination-port': 'dport',
  'source-ports': 'sports',
  'destination-ports': 'dports',
}
const WORD = /"((?:[^"\\]|\\.)*)"|(\S+)/g

function ruleIn(text: string): Pick<ChainRule, 'target' | 'options'> {
  const words = [...text.matchAll(WORD)].map(([, quoted, bare]) => quoted ?? bare ?? '')
  const options: Option[] = []
  let target = ''
  let isNot = false
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    if (word === '!') {
      isNot = true
      continue
    }
    const [, short] = /^--?([A-Za-z][\w-]*)$/.exec(word) ?? []
    if (short === undefined) continue
    const values: string[] = []
    while (at + 1 < words.length && !/^(?:--?[A-Za-z]|!$)/.test(words[at + 1] ?? '')) {
      at += 1
      values.push(words[at] ?? '')
    }
    const value = values.join(' ')
    if (short === 'j' || short === 'jump') target = value
    else if (short === 'g' || short === 'goto') target = `goto ${value}`
    else options.push({ name: LONG[short] ?? short, value, isNot })
    isNot = false
  }
  return { target, options }
}
