import { describe, expect, test } from 'vitest'
import { pageTree } from './page-tree.ts'
import { pdfOf } from './index.ts'

function page(body: string, language = 'fr'): string {
  return `<!doctype html><html lang="${language}-CA"><head><title>Rapport &amp; suites</title><style>p{}</style></head><body><main>${body}</main></body></html>`
}

function blocks(body: string): unknown {
  return pageTree(page(body)).of
}

describe('a page of ours as a tree', () => {
  test('has its title and language', () => {
    expect(pageTree(page(''))).toEqual({ title: 'Rapport & suites', lang: 'fr', of: [] })
  })

  test('text between blocks is a paragraph, without the blanks of the source', () => {
    expect(blocks('<h1>A <b>b</b></h1>\n one\n  <em>two</em> <p>three<br>four</p>')).toEqual([
      { kind: 'heading', level: 1, of: ['A ', { kind: 'strong', of: ['b'] }] },
      { kind: 'par', of: ['one ', { kind: 'emph', of: ['two'] }] },
      { kind: 'par', of: ['three', { kind: 'break' }, 'four'] },
    ])
  })

  test('lists, terms and what is written in code', () => {
    expect(
      blocks(
        '<ul><li>a</li><li>b<p>c</p></li></ul><dl><dt>d</dt><dd>e</dd></dl><pre>f\n g</pre><code>h</code>',
      ),
    ).toEqual([
      { kind: 'list', items: [['a'], [par('b'), par('c')]] },
      { kind: 'terms', items: [{ term: ['d'], of: ['e'] }] },
      { kind: 'pre', text: 'f\n g' },
      { kind: 'par', of: [{ kind: 'code', text: 'h' }] },
    ])
  })

  test('rows of a table are as wide as the widest', () => {
    const table =
      '<table><caption>c</caption><thead><tr><th>a<th>b</thead><tbody><tr><td colspan=2>d<tr><th scope=row>e</table>'
    expect(blocks(table)).toEqual([
      {
        kind: 'table',
        columns: 2,
        caption: ['c'],
        head: [[cell('a'), cell('b')]],
        rows: [
          [{ span: 2, of: ['d'] }],
          [
            { span: 1, of: [{ kind: 'strong', of: ['e'] }] },
            { span: 1, of: [] },
          ],
        ],
      },
    ])
  })

  test('a link leads to the web or to mail, and scripts and styles are left out', () => {
    expect(
      blocks(
        '<p><a href="https://x.example/">x</a> <a href="javascript:y">y</a></p><script>z</script>',
      ),
    ).toEqual([
      { kind: 'par', of: [{ kind: 'link', to: 'https://x.example/', of: ['x'] }, ' ', 'y'] },
    ])
  })
})

describe('a page of ours as PDF', () => {
  test('has tags, its language, and says that it follows PDF/UA-1', async () => {
    const pdf = Buffer.from(await pdfOf(page('<h1>Titre</h1><table><tr><td>a</table>'))).toString(
      'latin1',
    )
    expect(pdf).toMatch(/^%PDF-1\.7/)
    expect(pdf).toContain('/StructTreeRoot')
    expect(pdf).toMatch(/\/Lang \(fr-CA\)/)
    expect(pdf).toContain('<pdfuaid:part>1</pdfuaid:part>')
  })

  test.each([
    ['what looks like markup of the typesetter', '#panic("x") $ \\ [ *a _b `c ``` <d> @e ]'],
    ['signs that no font has', 'ᐃᓄᒃᑎᑐᑦ 中文 😀 \u{10FFFF}'],
    ['controls and turned directions', 'a&#1;b&#x202e;c \uD800'],
    ['a word longer than a line', 'x'.repeat(3000)],
    ['nothing', ''],
  ])('%s is shown or named, and breaks nothing', async (_, text) => {
    const pdf = await pdfOf(page(`<h1>T</h1><p>${text}</p><table><tr><td>${text}</table>`))
    expect(Buffer.from(pdf).toString('latin1')).toContain('%%EOF')
  })

  test('of more than 16 MiB is refused with the figures', async () => {
    await expect(pdfOf('x'.repeat(17 * 1024 * 1024))).rejects.toMatchObject({
      code: 'NOT_PRINTED',
      details: { reason: '17825792 > 16777216 bytes' },
    })
  })
})

function par(text: string) {
  return { kind: 'par', of: [text] }
}

function cell(text: string) {
  return { span: 1, of: [text] }
}
