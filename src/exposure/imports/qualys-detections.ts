// Qualys: answers of the API’s host list detection (HOST_LIST_VM_DETECTION_OUTPUT). They name checks by number, and no titles.

import { levelOf, stateOf } from './qualys.ts'
import type { Bytes } from './read-json.ts'
import { ancestor, descendants, textOf, xmlElements } from './read-xml.ts'
import { cvesIn, hostOf, instantIn, numberIn, serviceOf } from './scanned.ts'
import type { Scanned } from './scanned.ts'

export async function* readQualysDetections({ file, bytes }: Bytes): AsyncGenerator<Scanned> {
  let index = 0
  for await (const entry of xmlElements({ file, bytes, elements: new Set(['DETECTION']) })) {
    const host = ancestor(entry, 'HOST')
    const id = textOf(host, 'ID')
    const check = textOf(entry, 'QID')
    const type = textOf(entry, 'TYPE')
    index += 1
    yield {
      kind: 'finding',
      host: hostOf(
        [textOf(host, 'DNS'), textOf(host, 'NETBIOS'), textOf(host, 'IP'), textOf(host, 'IPV6')],
        {
          system: textOf(host, 'OS') || undefined,
          aliases: id === '' ? [] : [{ kind: 'tool', value: `qualys:${id}` }],
        },
      ),
      service: serviceOf(textOf(entry, 'PORT'), textOf(entry, 'PROTOCOL')),
      check,
      about: /^info$/i.test(type) ? 'information' : 'vulnerability',
      vulnerabilities: cvesIn(
        ...descendants(entry, 'CVE').map(({ text }) => text),
        ...descendants(entry, 'ID').map(({ text }) => text),
      ),
      title: textOf(entry, 'TITLE') || `QID ${check}`,
      severity: /^info$/i.test(type) ? 'informational' : levelOf(textOf(entry, 'SEVERITY')),
      score: numberIn(textOf(entry, 'CVSS3_BASE')),
      state: stateOf(textOf(entry, 'STATUS')),
      seenMs: instantIn(textOf(entry, 'LAST_FOUND_DATETIME')),
      confidence: /^potential$/i.test(type) ? 50 : 100,
      group: String(index),
    }
  }
}
