// What is remembered of each exporter: its templates, how it samples, which message comes next. Bounded, because a
// forged address costs its sender nothing: those that never sent a flow that could be read are forgotten first.

import { z } from 'zod'
import type { RecordPlan } from './record-plan.ts'

export type Template = {
  readonly plan: RecordPlan
  /** Options describe the exporter, not the traffic. */
  readonly isOptions: boolean
}

export class Exporter {
  readonly address: string
  readonly #templates = new Map<number, Template>()
  readonly #sampling = new Map<number, number>()
  readonly #last = new Map<string, { readonly sequence: number; readonly count: number }>()

  constructor(address: string) {
    this.address = address
  }

  template(domain: number, id: number): Template | undefined {
    return this.#templates.get(templateKey(domain, id))
  }

  learn(domain: number, id: number, template: Template): void {
    put(this.#templates, templateKey(domain, id), template, MOST_TEMPLATES)
  }

  /** One packet in how many is looked at; undefined where the exporter did not say. */
  sampling(domain: number): number | undefined {
    return this.#sampling.get(domain)
  }

  /** Takes in a record of options: of what exporters say of themselves, how they sample. */
  describe(domain: number, members: string): void {
    const said = SamplingSchema.parse(JSON.parse(`{${members.slice(1)}}`))
    const { samplingPacketInterval: taken, samplingPacketSpace: left } = said
    const spaced = taken === undefined || left === undefined ? undefined : (taken + left) / taken
    const interval = said.samplingInterval ?? said.samplerRandomInterval ?? spaced
    if (interval !== undefined && interval >= 1 && interval < TWO_32)
      put(this.#sampling, domain, Math.round(interval), MOST_STREAMS)
  }

  /**
   * How many were lost before this message, which holds `count` of what the exporter numbers. The standards number a
   * message by what went before it; exporters are about that count the message too. A jump beyond any sense is a restart.
   */
  missedBefore(stream: string, sequence: number, count: number): number {
    const last = this.#last.get(stream)
    put(this.#last, stream, { sequence, count }, MOST_STREAMS)
    if (last === undefined) return 0
    const gap = (expected: number) => (sequence - last.sequence - expected + TWO_32 * 2) % TWO_32
    const missed = Math.min(gap(last.count), gap(count))
    return missed <= MOST_MISSED ? missed : 0
  }

  /** Where the next number cannot be known, no loss is made up. */
  forget(stream: string): void {
    this.#last.delete(stream)
  }
}

const SamplingSchema = z.object({
  samplingInterval: z.number().optional().catch(undefined),
  samplerRandomInterval: z.number().optional().catch(undefined),
  samplingPacketInterval: z.number().optional().catch(undefined),
  samplingPacketSpace: z.number().optional().catch(undefined),
})
const TWO_32 = 2 ** 32
const MOST_MISSED = 100_000
const MOST_TEMPLATES = 2000
const MOST_STREAMS = 256
/** Of the proven, and of the others. */
const MOST_EXPORTERS = 2000

export class Exporters {
  readonly #proven = new Map<string, Exporter>()
  readonly #others = new Map<string, Exporter>()

  of(address: string): Exporter {
    const proven = this.#proven.get(address)
    if (proven !== undefined) return proven
    const known = this.#others.get(address) ?? new Exporter(address)
    put(this.#others, address, known, MOST_EXPORTERS)
    return known
  }

  /** A flow of it was read. */
  prove(exporter: Exporter): void {
    this.#others.delete(exporter.address)
    put(this.#proven, exporter.address, exporter, MOST_EXPORTERS)
  }
}

function templateKey(domain: number, id: number): number {
  return domain * 65_536 + id
}

/** Puts a value last; the one that was put longest ago goes where there are too many. */
function put<K, V>(map: Map<K, V>, key: K, value: V, most: number): void {
  map.delete(key)
  map.set(key, value)
  if (map.size <= most) return
  for (const oldest of map.keys()) {
    map.delete(oldest)
    return
  }
}
