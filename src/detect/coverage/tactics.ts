// `content/attack-tactics.yml`: the tactics of each technique. Throws when the content is wrong, since it is our own.

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { yamlValue } from '../../core/index.ts'
import type { TacticsOf } from './reach.ts'

const FileSchema = z.record(
  z.string().regex(/^[a-z]+(?:-[a-z]+)*$/),
  z.array(z.string().regex(/^T\d{4}$/)),
)

export function loadTactics(file: string): TacticsOf {
  const tactics = FileSchema.parse(yamlValue(readFileSync(file, 'utf8')))
  const found = new Map<string, string[]>()
  for (const [tactic, techniques] of Object.entries(tactics))
    for (const technique of techniques)
      found.set(technique, [...(found.get(technique) ?? []), tactic])
  return found
}
