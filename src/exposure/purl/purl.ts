// Package URLs (ECMA-427): pkg:type/namespace/name@version?qualifiers#subpath.

import { failed, ok } from '../../core/index.ts'
import type { Result } from '../../core/index.ts'

export type Purl = {
  readonly type: string
  readonly namespace: string
  readonly name: string
  readonly version: string
  readonly qualifiers: Readonly<Record<string, string>>
}

const FORM = /^pkg:\/*([a-z][a-z\d.+-]*)\/([^?#]+)(?:\?([^#]*))?(?:#.*)?$/i
/** Types whose names know no case. */
const CASELESS = new Set(['github', 'bitbucket', 'deb', 'pypi', 'apk', 'alpm', 'composer'])

export function parsePurl(text: string): Result<Purl, string> {
  const [, type, path, query = ''] = text.length > 4096 ? [] : (FORM.exec(text.trim()) ?? [])
  if (type === undefined || path === undefined) return failed('is not pkg:type/name@version')
  const at = path.lastIndexOf('@')
  const isVersioned = at > path.lastIndexOf('/') && at > 0
  const names = (isVersioned ? path.slice(0, at) : path).split('/').filter((part) => part !== '')
  const name = names.pop()
  if (name === undefined) return failed('has no name')
  const lower = type.toLowerCase()
  const fold = (value: string) => (CASELESS.has(lower) ? value.toLowerCase() : value)
  return ok({
    type: lower,
    namespace: fold(names.map(decoded).join('/')),
    name: lower === 'pypi' ? fold(decoded(name)).replaceAll('_', '-') : fold(decoded(name)),
    version: isVersioned ? decoded(path.slice(at + 1)) : '',
    qualifiers: Object.fromEntries(
      query
        .split('&')
        .map((pair) => pair.split('='))
        .filter(([key = '', value = '']) => key !== '' && value !== '')
        .map(([key = '', ...value]) => [key.toLowerCase(), decoded(value.join('='))]),
    ),
  })
}

/** What makes it the same package: without version and qualifiers. */
export function packageOf({ type, namespace, name }: Purl): string {
  return `pkg:${[type, namespace, name].filter((part) => part !== '').join('/')}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
