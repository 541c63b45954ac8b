// Datagrams of NetFlow v5, v7 and v9, IPFIX and sFlow as lines: one JSON object for each flow, under the names of
// IANA's registry. Which of them it is stands in the first bytes, so that one port takes all.

import { Exporters } from './exporters.ts'
import type { Exporter, Template } from './exporters.ts'
import { readFixed } from './fixed-message.ts'
import { HeldSets } from './held-sets.ts'
import { writeRecord } from './record-plan.ts'
import { readSflow } from './sflow.ts'
import { isDataSet, readHead, setsOf, templatePlan, templatesOf } from './template-message.ts'
import type { FlowSet, MessageHead } from './template-message.ts'

export type FlowCounters = {
  /** Flows written as lines. */
  flows: number
  /** Datagrams, or the rest of one, that are nothing of the kind or lead beyond their end. */
  unreadable: number
  /** Sets whose template did not come in time, or of which too many waited. */
  withoutTemplate: number
  /** Flows, records or datagrams, as the exporter numbers them, that never arrived. */
  missed: number
}

/** What an exporter is said once: it sends what cannot be read, its templates do not come, its flows get lost. */
export type FlowTrouble = 'unreadable' | 'withoutTemplate' | 'missed'

export type FlowReaderOptions = {
  readonly nowMs: () => number
  readonly onTrouble: (trouble: FlowTrouble, address: string) => void
}

/** Sentences in all: whoever forges addresses could have one said of each. */
const MOST_SAID = 200

type Write = (line: string) => void

export class FlowReader {
  readonly counters: FlowCounters = { flows: 0, unreadable: 0, withoutTemplate: 0, missed: 0 }
  readonly #exporters = new Exporters()
  readonly #held = new HeldSets((address) => this.#count('withoutTemplate', 1, address))
  readonly #options: FlowReaderOptions
  readonly #said = new Set<string>()
  /** Whose flow was read last. */
  #latest: Exporter | undefined

  constructor(options: FlowReaderOptions) {
    this.#options = options
  }

  /** Bytes that wait for their templates. */
  get heldBytes(): number {
    return this.#held.bytes
  }

  /** Never throws: what cannot be read is counted. */
  read(bytes: Buffer, address: string, write: Write): void {
    const version = bytes.length < 4 ? -1 : bytes.readUInt16BE(0)
    if (version === 5 || version === 7) this.#readFixed(bytes, address, write)
    else if (version === 9 || version === 10) this.#readTemplated(bytes, address, write)
    else if (version === 0 && bytes.readUInt16BE(2) === 5) this.#readSflow(bytes, address, write)
    else this.#count('unreadable', 1, address)
  }

  #readFixed(bytes: Buffer, address: string, write: Write): void {
    const message = readFixed(bytes)
    if (message === undefined) return this.#count('unreadable', 1, address)
    const { plan, count, from, sequence, stream } = message
    const exporter = this.#exporters.of(address)
    const head = lineHead(`NetFlow v${bytes.readUInt16BE(0)}`, address, message.members)
    for (let i = 0; i < count; i += 1) {
      const record = writeRecord(plan, bytes, from + i * plan.leastBytes, bytes.length)
      if (record !== undefined) this.#write(exporter, `${head}${record.members}}`, write)
    }
    this.#inOrder(exporter, stream, { sequence, count })
  }

  #readTemplated(bytes: Buffer, address: string, write: Write): void {
    const head = readHead(bytes)
    if (head === undefined) return this.#count('unreadable', 1, address)
    const exporter = this.#exporters.of(address)
    const { sets, isWhole } = setsOf(bytes, head)
    let records = 0
    let isCounted = true
    for (const set of sets) {
      if (!isDataSet(set)) this.#learn(exporter, { bytes, head, set }, write)
      else {
        const written = this.#readData(exporter, { bytes, head, set }, write)
        if (written === undefined) isCounted = false
        else records += written
      }
    }
    if (!isWhole) this.#count('unreadable', 1, address)
    const stream = `${head.version}/${head.domain}`
    // NetFlow v9 numbers its messages, IPFIX the records before this one: where some are unknown, so is the next number.
    if (head.version === 9) this.#inOrder(exporter, stream, { sequence: head.sequence, count: 1 })
    else if (isCounted && isWhole)
      this.#inOrder(exporter, stream, { sequence: head.sequence, count: records })
    else exporter.forget(stream)
  }

  #learn(exporter: Exporter, { bytes, head, set }: Found, write: Write): void {
    const { version, domain } = head
    for (const defined of templatesOf(bytes, head, set)) {
      const template = templatePlan(version, defined)
      if (template === undefined) this.#count('unreadable', 1, exporter.address)
      else {
        exporter.learn(domain, defined.id, template)
        for (const held of this.#held.take(exporter.address, domain, defined.id))
          this.#records(exporter, template, { ...held, from: 0, end: held.bytes.length }, write)
      }
    }
  }

  /** How many records there were; undefined where their template is not known yet. */
  #readData(exporter: Exporter, { bytes, head, set }: Found, write: Write): number | undefined {
    const { version, domain } = head
    const lines = lineHead(version === 9 ? 'NetFlow v9' : 'IPFIX', exporter.address, head.members)
    const template = exporter.template(domain, set.id)
    if (template !== undefined) {
      const { from, end } = set
      return this.#records(exporter, template, { bytes, domain, head: lines, from, end }, write)
    }
    this.#held.hold({
      address: exporter.address,
      domain,
      templateId: set.id,
      head: lines,
      bytes: Buffer.from(bytes.subarray(set.from, set.end)),
      heldMs: this.#options.nowMs(),
    })
    return undefined
  }

  #records(
    exporter: Exporter,
    { plan, isOptions }: Template,
    { bytes, domain, head, from, end }: DataSet,
    write: Write,
  ): number {
    const interval = plan.saysSampling ? undefined : exporter.sampling(domain)
    const sampling = interval === undefined ? '' : `,"samplingInterval":${interval}`
    let records = 0
    let at = from
    while (at + plan.leastBytes <= end) {
      const record = writeRecord(plan, bytes, at, end)
      if (record === undefined) {
        this.#count('unreadable', 1, exporter.address)
        break
      }
      if (isOptions) exporter.describe(domain, record.members)
      else this.#write(exporter, `${head}${sampling}${record.members}}`, write)
      records += 1
      at = record.next
    }
    return records
  }

  #readSflow(bytes: Buffer, address: string, write: Write): void {
    const datagram = readSflow(bytes)
    if (datagram === undefined) return this.#count('unreadable', 1, address)
    const { agent, subAgent, sequence, flows, isWhole } = datagram
    const exporter = this.#exporters.of(address)
    const head = lineHead('sFlow v5', address, `,"agent":${agent},"subAgent":${subAgent}`)
    for (const members of flows) this.#write(exporter, `${head}${members}}`, write)
    if (!isWhole) this.#count('unreadable', 1, address)
    this.#inOrder(exporter, `sflow/${agent}/${subAgent}`, { sequence, count: 1 })
  }

  #write(exporter: Exporter, line: string, write: Write): void {
    if (exporter !== this.#latest) this.#exporters.prove(exporter)
    this.#latest = exporter
    this.counters.flows += 1
    write(line)
  }

  #inOrder(
    exporter: Exporter,
    stream: string,
    { sequence, count }: { readonly sequence: number; readonly count: number },
  ): void {
    const missed = exporter.missedBefore(stream, sequence, count)
    if (missed > 0) this.#count('missed', missed, exporter.address)
  }

  #count(trouble: FlowTrouble, by: number, address: string): void {
    this.counters[trouble] += by
    const news = `${trouble} ${address}`
    if (this.#said.has(news) || this.#said.size >= MOST_SAID) return
    this.#said.add(news)
    this.#options.onTrouble(trouble, address)
  }
}

type Found = { readonly bytes: Buffer; readonly head: MessageHead; readonly set: FlowSet }
type DataSet = {
  readonly bytes: Buffer
  readonly domain: number
  /** The line up to its record's members. */
  readonly head: string
  readonly from: number
  readonly end: number
}

function lineHead(protocol: string, address: string, members: string): string {
  return `{"flowProtocol":"${protocol}","exporter":${JSON.stringify(address)}${members}`
}
