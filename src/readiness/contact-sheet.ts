// The sheet that hangs on the wall: whom to call when mail and directory are down. One page, printable, from the plans.

import type { PlanState } from '../model/index.ts'
import { wordsOf } from '../words/index.ts'
import type { Language } from '../words/index.ts'
import { escape, page, section, table } from './report-html.ts'

export function contactSheet(
  states: readonly PlanState[],
  organization: string,
  language: Language,
  asOf: string,
): string {
  const say = wordsOf(language).readiness
  const seen = new Set<string>()
  const parts = states.flatMap(({ kind, plan }) => {
    const contacts = (plan?.contacts ?? []).filter(({ name, phone }) => {
      const key = `${name}\u0000${phone}`
      const isNew = !seen.has(key)
      seen.add(key)
      return isNew
    })
    if (contacts.length === 0) return []
    const rows = contacts.map((one) => [
      say.contactKinds[one.kind],
      one.name,
      [one.role, one.organization].filter((text) => text !== '').join(', '),
      one.phone,
      one.otherPhone,
      one.outsideMail,
      one.tested ?? say.neverTested,
    ])
    const { kind: what, name, role, phone, otherPhone, mail, tested } = say.contactColumns
    return [
      section(say.plans[kind], table([what, name, role, phone, otherPhone, mail, tested], rows)),
    ]
  })
  const body = [
    `<header><h1>${escape(say.sheet.title(organization))}</h1><p>${escape(say.sheet.use)}</p><p>${escape(say.report.asOf(asOf.slice(0, 10)))}</p></header>`,
    section(say.sheet.centre, `<p>${escape(say.sheet.centreText)}</p>`),
    ...(parts.length === 0 ? [`<p>${escape(say.sheet.empty)}</p>`] : parts),
  ]
  return page(language, say.sheet.title(organization), body.join('\n'), say.sheet.use)
}
