// The catalogue of services that matter between IT and OT, from content.

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { VigieError, reasonOf, yamlValue } from '../../core/index.ts'
import type { Service } from '../packets/services.ts'
import { serviceFrom } from './service-text.ts'

const EntrySchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string().min(1),
  ports: z.array(z.string()).min(1),
  authenticates: z.boolean(),
  field: z.boolean(),
  foothold: z.boolean().default(false),
})

export type OtService = Omit<z.infer<typeof EntrySchema>, 'ports'> & {
  readonly services: readonly Service[]
}

/** A file that cannot be used stops the start: it comes with Vigie. */
export function readOtServices(file: string): readonly OtService[] {
  try {
    return z
      .array(EntrySchema)
      .parse(yamlValue(readFileSync(file, 'utf8')))
      .map(({ ports, ...entry }) => ({
        ...entry,
        services: ports.map((text) => {
          const found = serviceFrom(text)
          if (found === undefined) throw new Error(`${entry.id}: ${text}`)
          return found
        }),
      }))
  } catch (cause) {
    throw new VigieError('CONTENT_INVALID', { file, reason: reasonOf(cause) }, { cause })
  }
}
