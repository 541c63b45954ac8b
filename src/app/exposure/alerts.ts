// An exploited vulnerability within reach of the internet is an alert: no rule over events says it before it is used.

import { raiseAlerts } from '../../detect/index.ts'
import type { Exposure, Finding, RuleFacts } from '../../model/index.ts'
import type { RecordsTransaction } from '../../store/index.ts'
import { wordsOf } from '../../words/index.ts'

export const EXPLOITED_RULE = 'vigie:exploited-exposure'

/** One alert an asset, what is due first in its sentence. A later exposure of the same asset joins it, or opens it again. */
export async function tellExploited(
  transaction: RecordsTransaction,
  exposures: readonly Exposure[],
  nowMs: number,
): Promise<void> {
  for (const [asset, ofAsset] of Map.groupBy(exposures, ({ assetName }) => assetName)) {
    const facts = factsOf(asset, ofAsset)
    const findings = ofAsset.map(() => findingOf(asset, ofAsset, { facts, nowMs }))
    await raiseAlerts(transaction, findings, { rules: new Map([[facts.id, facts]]), nowMs })
  }
}

function factsOf(asset: string, exposures: readonly Exposure[]): RuleFacts {
  const why = (language: 'en' | 'fr') => {
    const shown = exposures.map((one) => ({ ...one, why: one.why[language] }))
    return wordsOf(language).exposure.exploited.why(asset, shown)
  }
  return {
    id: EXPLOITED_RULE,
    title: {
      en: wordsOf('en').exposure.exploited.title,
      fr: wordsOf('fr').exposure.exploited.title,
    },
    severity: exposures.some(({ triage }) => triage !== null) ? 'critical' : 'high',
    // Exploit Public-Facing Application.
    attack: ['attack.t1190'],
    author: 'Vigie',
    reference: '',
    why: { en: why('en'), fr: why('fr') },
  }
}

type FindingContext = { readonly facts: RuleFacts; readonly nowMs: number }

function findingOf(
  entity: string,
  exposures: readonly Exposure[],
  { facts: { id, title, severity }, nowMs }: FindingContext,
): Finding {
  return {
    rule: id,
    title: title.en,
    severity,
    time: new Date(nowMs).toISOString(),
    entityKind: 'device',
    entity,
    batch: '',
    line: 0,
    reasons: exposures.map(({ vulnerability, product, version }) => ({
      selection: 'exposure',
      field: 'vulnerability',
      value: vulnerability,
      pattern: `${product} ${version}`.trim(),
    })),
  }
}
