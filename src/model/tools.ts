// Lists of tools that intruders use as they are: what is loaded, what is allowed here.

import { z } from 'zod'

/** Windows programs, Unix programs, remote-management tools, vulnerable drivers. */
export const TOOL_LISTS = ['lolbas', 'gtfobins', 'lolrmm', 'loldrivers'] as const
export const ToolListSchema = z.enum(TOOL_LISTS)
export type ToolList = z.infer<typeof ToolListSchema>

const MOST_FILES = 5000

/** Files of one list as their makers publish them. */
export const ToolFilesSchema = z.object({
  files: z
    .array(z.object({ name: z.string().min(1).max(300), text: z.string() }))
    .min(1)
    .max(MOST_FILES),
})
export type ToolFiles = z.infer<typeof ToolFilesSchema>['files']

export const ToolLoadAskSchema = z.strictObject({
  list: ToolListSchema,
  /** When its makers published it; the moment it is loaded where nobody says. */
  dated: z.iso.datetime().optional(),
  /** Where it is from; its makers' address where nobody says. */
  source: z.string().min(1).max(300).optional(),
})
export type ToolLoadAsk = z.infer<typeof ToolLoadAskSchema>

export const ToolAllowAskSchema = z.strictObject({
  tool: z.string().trim().min(1).max(200),
  /** Who in the organisation said so, and what it is for. */
  because: z.string().trim().min(3).max(500),
})
export type ToolAllowAsk = z.infer<typeof ToolAllowAskSchema>

export const ToolStateSchema = z.object({
  asOf: z.iso.datetime(),
  lists: z.array(
    z.object({
      list: ToolListSchema,
      source: z.string(),
      licence: z.string(),
      dated: z.iso.datetime(),
      loaded: z.iso.datetime(),
      loadedBy: z.string(),
      tools: z.number().int(),
      /** Names, domains and hashes they are known by. */
      values: z.number().int(),
      /** Entries that could not be used. */
      passedOver: z.number().int(),
    }),
  ),
  allowed: z.array(
    z.object({
      tool: z.string(),
      who: z.string(),
      because: z.string(),
      at: z.iso.datetime(),
    }),
  ),
})
export type ToolState = z.infer<typeof ToolStateSchema>
