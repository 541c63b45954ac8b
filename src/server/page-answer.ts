// A report as an answer: the page, or the page as PDF.

import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Language } from '../words/index.ts'
import { answers } from './api-app.ts'
import type { Station } from './station.ts'

export const PageQuerySchema = z.object({
  language: z.enum(['en', 'fr']).optional(),
  /** PDF/UA-1; a page is the default. */
  as: z.enum(['page', 'pdf']).optional(),
})

export function pageAnswers(description: string) {
  return {
    200: {
      description: `${description}, or as PDF with tags`,
      content: {
        'text/html': { schema: z.string() },
        'application/pdf': { schema: z.string().openapi({ format: 'binary' }) },
      },
    },
    default: answers('', z.object({})).default,
  } as const
}

export type PageRequest = z.infer<typeof PageQuerySchema>
type PageMaker = (language: Language) => Promise<string>

/** Answers with the page that `make` makes, in the language asked or the station's own. */
export async function answerPage(
  c: Context,
  { language, print }: Pick<Station, 'language' | 'print'>,
  asked: PageRequest,
  make: PageMaker,
) {
  const html = await make(asked.language ?? language)
  return asked.as === 'pdf' ? answerPdf(c, await print(html)) : c.html(html, 200)
}

export function answerPdf(c: Context, pdf: Uint8Array) {
  return c.body(new Uint8Array(pdf), 200, { 'content-type': 'application/pdf' })
}
