// What CISA says of a vulnerability (SSVC), and what stands in where it says nothing. An estimate never overrides CISA.

import type { Origin } from '../../model/index.ts'
import type { Exploitation, Impact } from './tables.ts'

export type Ssvc = {
  readonly exploitation?: Exploitation | undefined
  readonly automatable?: boolean | undefined
  readonly impact?: Impact | undefined
}

export type Estimate = {
  readonly automatable: { readonly is: boolean; readonly from: Origin }
  readonly impact: { readonly is: Impact; readonly from: Origin }
}

/**
 * From a CVSS vector: automatable where it needs neither privileges, nor a user, nor luck, over the network (96.4 % of 32,214 CVEs as
 * CISA decided them); total where confidentiality and integrity are lost in full (94.2 %). Where nothing is known: not automatable and
 * total, the defaults of the directive; for what is exploited, automatable and total, because a mistake there costs more.
 */
export function estimate(ssvc: Ssvc, vector: string | undefined, exploited: boolean): Estimate {
  const metrics = new Map(
    (vector ?? '').split('/').map((part): readonly [string, string] => {
      const [metric = '', value = ''] = part.split(':')
      return [metric, value]
    }),
  )
  const isKnown = metrics.has('AV') && metrics.has('C')
  const says = (metric: string, ...values: readonly string[]) =>
    values.includes(metrics.get(metric) ?? '')
  const isEasy =
    says('AV', 'N') &&
    says('AC', 'L') &&
    (says('PR', 'N') || says('Au', 'N')) &&
    !says('UI', 'R', 'P', 'A')
  const full = metrics.has('Au') ? 'C' : 'H'
  const isTotal = (says('C', full) || says('VC', 'H')) && (says('I', full) || says('VI', 'H'))
  const hasVector = isKnown || metrics.has('VC')
  return {
    automatable:
      ssvc.automatable === undefined
        ? { is: hasVector ? isEasy : exploited, from: hasVector ? 'estimated' : 'assumed' }
        : { is: ssvc.automatable, from: 'cisa' },
    impact:
      ssvc.impact === undefined
        ? {
            is: !hasVector || isTotal || exploited ? 'total' : 'partial',
            from: hasVector && !exploited ? 'estimated' : 'assumed',
          }
        : { is: ssvc.impact, from: 'cisa' },
  }
}
