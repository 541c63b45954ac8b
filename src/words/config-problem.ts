// Why a configuration was not read, in words.

import type { ConfigProblem } from '../core/index.ts'
import type { audit } from './en/audit.ts'
import { sizeText } from './quantity.ts'

type Met = { readonly problem: ConfigProblem; readonly line: number; readonly limit: number }

export function configProblem(
  language: 'en' | 'fr',
  say: (typeof audit)['problems'],
  { problem, line, limit }: Met,
): string {
  const shown = limit.toLocaleString(`${language}-CA`)
  if (problem === 'too_large') return say.too_large(sizeText(language, limit))
  if (problem === 'line_too_long') return say.line_too_long(line, shown)
  if (problem === 'too_deep') return say.too_deep(line, shown)
  if (problem === 'too_many_nodes') return say.too_many_nodes(shown)
  if (problem === 'web_page') return say.web_page
  if (problem === 'refusal') return say.refusal(line)
  return problem === 'binary' ? say.binary(line) : say.empty
}
