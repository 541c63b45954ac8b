// What scanners hand on of a security.txt, and what is read of it again.

import { describe, expect, test } from 'vitest'
import { readScan } from './formats.ts'
import { securityTextTerm, securityTextTitle } from './security-text.ts'

const FILE = 'Contact: mailto:security@town.example\nExpires: 2027-03-01T12:00:00-05:00\n'

describe('the end of a security.txt', () => {
  test.each([
    ['Security.txt', [FILE], 'Security.txt, Expires 2027-03-01T17:00:00Z'],
    ['security-txt', ['', FILE.toUpperCase()], 'security-txt, Expires 2027-03-01T17:00:00Z'],
    ['Security.txt File Detected', ['Contact: x\n'], 'Security.txt File Detected, no Expires'],
    ['Security.txt', ['Contact: x\nExpires: soon\n'], 'Security.txt, no Expires'],
    ['Security.txt', [undefined, 'HTTP/1.1 200 OK\r\n\r\n'], 'Security.txt'],
    ['Another finding', [FILE], 'Another finding'],
    ['Security.txt', [`${'x'.repeat(70_000)}\n${FILE}`], 'Security.txt'],
  ])('%s', (title, read, is) => {
    expect(securityTextTitle(title, read)).toBe(is)
  })

  test('is read of a title again', () => {
    const title = securityTextTitle('Security.txt', [FILE])
    expect(securityTextTerm(title)).toEqual({ kind: 'until', ms: Date.UTC(2027, 2, 1, 17) })
    expect(securityTextTerm('Security.txt, no Expires')).toEqual({ kind: 'none' })
    expect(securityTextTerm('Security.txt')).toEqual({ kind: 'not read' })
  })
})

test.each([
  [
    'Nuclei that keeps answers',
    JSON.stringify({
      'template-id': 'security-txt',
      info: { name: 'Security.txt', severity: 'info' },
      type: 'http',
      host: 'www.town.example',
      'matched-at': 'https://www.town.example/.well-known/security.txt',
      response: `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n${FILE}`,
    }),
  ],
  [
    'Nessus, CSV',
    `Plugin ID,CVE,CVSS,Risk,Host,Protocol,Port,Name,Plugin Output\n1,,,None,www.town.example,tcp,443,Security.txt,"${FILE}"\n`,
  ],
])('%s says it', async (_, text) => {
  async function* bytes() {
    yield Buffer.from(text)
  }
  const { scanned } = await readScan({ file: 'scan', bytes: bytes() })
  const titles: string[] = []
  for await (const one of scanned) if (one.kind === 'finding') titles.push(one.title)
  expect(titles).toEqual(['Security.txt, Expires 2027-03-01T17:00:00Z'])
})
