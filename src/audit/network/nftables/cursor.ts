// Reads the words of a rule one after the other.

import type { Word, Words } from './ruleset.ts'

export const ENDS = new Set([
  'accept',
  'drop',
  'reject',
  'return',
  'jump',
  'goto',
  'continue',
  'queue',
  'dnat',
  'snat',
  'masquerade',
  'redirect',
  'tproxy',
  'synproxy',
])

export class Cursor {
  readonly #words: Words
  #at = 0

  constructor(words: Words) {
    this.#words = words
  }

  isDone(): boolean {
    return this.#at >= this.#words.length
  }

  peek(ahead = 0): string {
    return this.#words[this.#at + ahead]?.text ?? ''
  }

  take(): Word {
    const word = this.#words[this.#at] ?? { text: '', line: 0, isQuoted: false }
    this.#at += 1
    return word
  }

  /** From a brace to its end. */
  takeBraces(): Words {
    const start = this.#at
    let depth = 0
    do {
      const { text, isQuoted } = this.take()
      if (isQuoted) continue
      if (text === '{') depth += 1
      if (text === '}') depth -= 1
    } while (depth > 0 && !this.isDone())
    return this.#words.slice(start, this.#at)
  }

  /** Up to what begins a statement again. */
  takeArguments(): readonly string[] {
    const taken: string[] = []
    while (!this.isDone() && !isStart(this.peek()) && !ENDS.has(this.peek())) {
      if (this.peek() === '{') this.takeBraces()
      else taken.push(this.take().text)
    }
    return taken
  }

  rest(): readonly string[] {
    const taken: string[] = []
    while (!this.isDone()) taken.push(this.take().text)
    return taken
  }
}

const STARTS = new Set([
  'meta',
  'iif',
  'oif',
  'iifname',
  'oifname',
  'ip',
  'ip6',
  'tcp',
  'udp',
  'sctp',
  'dccp',
  'udplite',
  'th',
  'icmp',
  'icmpv6',
  'ct',
  'limit',
  'comment',
  'counter',
  'log',
  'fib',
  'ether',
  'rt',
  'socket',
  'exthdr',
  'vlan',
  'arp',
  'ipsec',
  'numgen',
  'jhash',
  'symhash',
  'osf',
  'quota',
])

function isStart(word: string): boolean {
  return STARTS.has(word)
}
