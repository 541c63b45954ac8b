// Secrets that are the value of an element, on one line or over several, plain or as character data.

import { kindOf } from './door.ts'
import type { Door } from './door.ts'
import { NOT_ATTESTABLE, marker } from './fingerprint.ts'
import type { SecretRules } from './secret-rules.ts'

const ELEMENT =
  /<([A-Za-z_][\w.:-]*)((?:\s[^<>]*)?)>(<!\[CDATA\[[\s\S]{0,65536}?\]\]>|[^<]*)<\/\1>/g

export function redactElements(source: readonly string[], { rules, fingerprint }: Door): string[] {
  if (!source.some((line) => line.includes('</'))) return [...source]
  const text = source
    .join('\n')
    .replaceAll(ELEMENT, (whole, name: string, attributes: string, value: string) => {
      if (!isSecret(name, value, rules) || value.trim() === '' || value.includes('⟦')) return whole
      const plain = value.replace(/^<!\[CDATA\[([\s\S]*)\]\]>$/, '$1')
      const kind = kindOf(plain.trim(), kindOfElement(name), rules)
      const isResalted = plain.startsWith('ENC ')
      const mark = marker(kind, isResalted ? NOT_ATTESTABLE : fingerprint(plain.trim()))
      // As many lines as before, so that numbers still fit.
      const lines = value.split('\n').length - 1
      return `<${name}${attributes}>${mark}${'\n⟦…⟧'.repeat(lines)}</${name}>`
    })
  return text.split('\n')
}

function isSecret(element: string, value: string, rules: SecretRules): boolean {
  const name = element.slice(element.indexOf(':') + 1)
  if (rules.elements.has(name.toLowerCase())) return true
  return rules.elementsLike.test(name) && !rules.elementsUnlike.test(name) && !IS_SWITCH.test(value)
}

const IS_SWITCH = /^\s*(?:yes|no|true|false|on|off|none|enabled?|disabled?|\d{1,3})\s*$/i

function kindOfElement(name: string): string {
  if (/commun|trapstring/i.test(name)) return 'community'
  if (/prv|private/i.test(name)) return 'private-key'
  if (/psk|shared/i.test(name)) return 'psk'
  return /hash/i.test(name) ? 'crypt' : 'password'
}
