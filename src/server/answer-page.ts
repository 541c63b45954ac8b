// Where whoever got a message answers by its code, without an account. Opening the page changes nothing: mail scanners open what
// they find. Tries are counted as those of signing in.

import type { Context } from 'hono'
import { z } from 'zod'
import { NOTICE_ANSWERS } from '../model/index.ts'
import { wordsOf } from '../words/index.ts'
import type { Language } from '../words/index.ts'
import type { ApiApp, ServerEnv } from './api-app.ts'
import type { CodeState, NoticeService } from './notice-service.ts'
import type { RateLimit } from './rate-limit.ts'
import { remoteAddress } from './remote-address.ts'

const PATH = '/answer'
/** Under the page's own address: a proxy brings that and nothing else. Style in the page itself is refused by the content policy. */
const LOOK = `${PATH}/look.css`
const MOST_FORM_BYTES = 16 * 1024
const LANGUAGES = ['en', 'fr'] as const
const LanguageSchema = z.enum(LANGUAGES)
const FormSchema = z.object({
  code: z.string().max(40),
  answer: z.enum(NOTICE_ANSWERS),
  comment: z.string().max(1000).catch(''),
})

export function addAnswerPage(app: ApiApp, notices: NoticeService, tries: RateLimit): void {
  app.get(LOOK, (c) => c.body(STYLE, 200, { 'content-type': 'text/css; charset=utf-8' }))
  app.get(PATH, (c) => {
    const language = languageOf(c)
    return c.html(pageOf(language, form(language)), 200, NO_STORE)
  })
  app.post(PATH, async (c) => {
    const language = languageOf(c)
    const answer = (key: keyof Said, status: 200 | 404 | 429) =>
      c.html(pageOf(language, said(language, key)), status, NO_STORE)
    const again = (status: 400 | 413) => c.html(pageOf(language, form(language)), status, NO_STORE)
    if (tries.take(remoteAddress(c)) > 0) return answer('slow', 429)
    if (Number(c.req.header('content-length') ?? MOST_FORM_BYTES + 1) > MOST_FORM_BYTES)
      return again(413)
    const read = FormSchema.safeParse(Object.fromEntries(new URLSearchParams(await c.req.text())))
    if (!read.success) return again(400)
    const { code, answer: given, comment } = read.data
    const state = await notices.answerCode(code, given, comment)
    return answer(SAID[state], state === 'unknown' ? 404 : 200)
  })
}

const NO_STORE = { 'cache-control': 'no-store', vary: 'accept-language' }
const SAID = { open: 'done', answered: 'answered', unknown: 'unknown' } as const satisfies Record<
  CodeState,
  string
>
type Said = Pick<
  ReturnType<typeof wordsOf>['notices']['page'],
  'slow' | 'done' | 'answered' | 'unknown'
>

/** What was chosen; else the first of the two that the browser asks for. */
function languageOf(c: Context<ServerEnv>): Language {
  const chosen = LanguageSchema.safeParse(c.req.query('language'))
  if (chosen.success) return chosen.data
  const [, asked] = /(?:^|[,\s])(en|fr)\b/i.exec(c.req.header('accept-language') ?? '') ?? []
  return asked?.toLowerCase() === 'fr' ? 'fr' : 'en'
}

function said(language: Language, key: keyof Said): string {
  const { page } = wordsOf(language).notices
  return `<h1>${page.title}</h1><p role="status">${page[key]}</p>`
}

function form(language: Language): string {
  const words = wordsOf(language).notices
  const { page } = words
  const options = NOTICE_ANSWERS.map(
    (answer, at) =>
      `<label class="choice"><input type="radio" name="answer" value="${answer}"${at === 0 ? ' checked' : ''}> ${words.answers[answer]}</label>`,
  )
  return `<h1>${page.title}</h1>
<form method="post" action="${PATH}?language=${language}">
<label for="code">${page.code}</label>
<input id="code" name="code" required maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false">
<fieldset><legend>${page.open}</legend>${options.join('')}</fieldset>
<label for="comment">${page.comment}</label>
<textarea id="comment" name="comment" maxlength="1000" rows="4"></textarea>
<button>${page.go}</button></form>`
}

function pageOf(language: Language, body: string): string {
  const other = language === 'en' ? 'fr' : 'en'
  const { title, otherLanguage } = wordsOf(language).notices.page
  return `<!doctype html>
<html lang="${language}-CA"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title} – Vigie</title><link rel="stylesheet" href="${LOOK}"></head>
<body><main>${body}
<p class="other"><a href="${PATH}?language=${other}" lang="${other}" hreflang="${other}">${otherLanguage}</a></p></main></body></html>
`
}

const STYLE = `:root { color-scheme: light dark; --text: #1b1b1b; --back: #fff; --line: #767676; --main: #1f497a; --on-main: #fff; }
@media (prefers-color-scheme: dark) { :root { --text: #ececec; --back: #16191d; --line: #8d949c; --main: #9cc4f2; --on-main: #10151b; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 1.0625rem/1.5 'Noto Sans', system-ui, sans-serif; }
main { max-width: 34rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; }
form { display: grid; gap: 0.5rem; }
input:not([type='radio']), textarea { width: 100%; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 0.25rem; padding: 0.5rem; }
#code { font-family: ui-monospace, monospace; letter-spacing: 0.05em; }
fieldset { border: 1px solid var(--line); border-radius: 0.25rem; margin: 0.5rem 0; padding: 0.5rem 0.75rem; }
.choice { display: flex; gap: 0.5rem; align-items: baseline; padding: 0.35rem 0; }
button { justify-self: start; min-height: 2.75rem; font: inherit; font-weight: 600; color: var(--on-main); background: var(--main); border: 0; border-radius: 0.25rem; padding: 0.5rem 1.25rem; }
a { color: var(--main); }
:focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
.other { margin-top: 2rem; }
`
