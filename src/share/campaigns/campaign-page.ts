// The page a decision-maker reads: how many, where, since when, what now. One sheet that prints well; the map is one tile for each
// province and territory, because their areas say nothing here.

import { REGIONS } from '../../model/index.ts'
import type { CampaignDetail, Region } from '../../model/index.ts'
import { decimal, wordsOf } from '../../words/index.ts'
import type { Language } from '../../words/index.ts'
import { escapeHtml, page } from '../notices/page.ts'

/** Column and row of each tile. */
export const TILES: Readonly<Record<Region, readonly [number, number]>> = {
  YT: [1, 1],
  NT: [2, 1],
  NU: [4, 1],
  NL: [9, 2],
  BC: [1, 3],
  AB: [2, 3],
  SK: [3, 3],
  MB: [4, 3],
  ON: [5, 3],
  QC: [6, 3],
  NB: [7, 3],
  PE: [8, 3],
  NS: [9, 3],
  federal: [6, 1],
}

/** What the figures say, in sentences. */
export function scopeLines(
  { scope, floor }: CampaignDetail,
  language: Language,
): readonly string[] {
  const say = wordsOf(language).campaigns.page
  const { known, estimate, looked, organisations, unsearched, recapture } = scope
  const figure = (value: number) => decimal(language, value, Number.isInteger(value) ? 0 : 1)
  return [
    known === null ? say.hidden : say.known(known),
    ...(estimate === null
      ? floor === null || known !== null
        ? [say.noEstimate]
        : []
      : [
          say.estimate(
            figure(estimate.likely),
            figure(estimate.least),
            figure(estimate.most),
            looked,
            organisations,
          ),
          say.method,
        ]),
    ...(unsearched === 0 ? [] : [say.unsearched(unsearched)]),
    ...(recapture === null
      ? []
      : [
          say.recapture(
            figure(recapture.likely),
            recapture.bySightings,
            recapture.byReports,
            recapture.byBoth,
          ),
        ]),
  ]
}

export function campaignPage(campaign: CampaignDetail, language: Language): string {
  const words = wordsOf(language)
  const say = words.campaigns.page
  const { scope, floor, first, last, name } = campaign
  const figure = (value: number | null) => (value === null ? say.few(floor ?? 0) : String(value))
  const tiles = REGIONS.map((region) => {
    const found = scope.regions.find((one) => one.region === region)
    const [column, row] = TILES[region]
    const mark = found === undefined ? '' : ' class="hit"'
    const label = region === 'federal' ? words.notices.regions.federal : region
    return `<div${mark} style="grid-column:${column};grid-row:${row}" title="${escapeHtml(words.notices.regions[region])}"><strong>${escapeHtml(label)}</strong><br>${found === undefined ? '–' : escapeHtml(figure(found.organisations))}</div>`
  })
  const sectors = scope.sectors.map(
    ({ sector, organisations }) =>
      `<tr><th scope="row">${escapeHtml(words.notices.sectors[sector])}</th><td class="number">${escapeHtml(figure(organisations))}</td></tr>`,
  )
  const paragraphs = (lines: readonly string[]) =>
    lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('')
  const now = [
    ...(scope.silent.length === 0 ? [] : [say.ask(scope.silent.length)]),
    say.tell,
    say.confirm,
  ]
  const body = [
    `<h1>${escapeHtml(name)}</h1><p class="quiet">${escapeHtml(words.campaigns.states[campaign.state])} · ${escapeHtml(campaign.asOf.slice(0, 16).replace('T', ' '))} UTC</p>`,
    `<h2>${escapeHtml(say.many)}</h2><p class="large">${escapeHtml(figure(scope.known))}</p>${paragraphs(scopeLines(campaign, language))}`,
    first === null || last === null
      ? ''
      : paragraphs([say.since(first.slice(0, 10), last.slice(0, 10))]),
    `<h2>${escapeHtml(say.regions)}</h2><div class="tiles">${tiles.join('')}</div>`,
    `<h2>${escapeHtml(say.sectors)}</h2><table>${sectors.join('')}</table>`,
    `<h2>${escapeHtml(say.now)}</h2><ol>${now.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ol>`,
  ]
  return page(language, name, body.join('\n'))
}
