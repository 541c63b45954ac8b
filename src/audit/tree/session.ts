// A text that was logged from a terminal holds more than the configuration: prompts, what was typed at them, and answers
// to other commands. These lines stay where they are and are told apart, so that a log collected by hand compares with
// what a program collects.

import { bannerEndAt } from './banners.ts'
import { quotedEnd } from './quoted.ts'

/** Indices of lines that are beside the configuration. */
export type Beside = ReadonlySet<number>

const NOTHING: Beside = new Set()

/** `r1#`, `r1(config)#`, `fw (root) #`, `admin@fw(active)>`, `vyos@r1:~$`, `RP/0/RP0/CPU0:r1#`, `(host) #`, `[admin@r1] /ip>`, `<core>`, `admin@(f5)(tmos)#`. */
const PROMPTS: readonly RegExp[] = [
  /^(?<host>(?:RP\/[\w/]{1,20}:)?(?:\*?[A-Z]:)?[\w.@-]{1,80})(?<mode>[\w:~/()><+*-]{0,120}?(?: \([\w.-]{1,80}\))? ?[#>$%])(?: ?(?<said>.*))$/,
  /^(?<host>[\w.-]{1,80}@\([\w.-]{1,80}\))(?<mode>(?:\([^()]{1,80}\)){1,6}[#$>])(?: ?(?<said>.*))$/,
  /^\[(?<host>[^\]\s]{1,100})\](?<mode> ?(?:[/~][\w /-]{0,80})?[>#$])(?: ?(?<said>.*))$/,
  /^\((?<host>[\w. -]{1,60})\)(?<mode> ?(?:\*?\[[\w/ -]{1,40}\] )?(?:\([\w -]{1,40}\))? ?[#>])(?: ?(?<said>.*))$/,
  /^<(?<host>[\w.-]{1,60})>(?<mode>)(?<said>(?:dis|screen|sys|quit|save|return).*|)$/,
]

type Prompt = { readonly host: string; readonly said: string }

/** What reads, or prepares for reading: by it a prompt is known for one. */
const READS =
  /^(?:do |run )?(?:sh(?:ow?)?|dis(?:p(?:l(?:ay?)?)?)?|get|\/?export|list|tmsh|more|cat|type|write term(?:inal)?|wr t|term(?:inal)?|set (?:cli|terminal|length)|screen-length|no (?:page|paging|pager)|skip-page-display|environment|en(?:able)?|conf(?:igure)?(?: t(?:erminal)?)?|config (?:vdom|global|paging)|changeto|cli|admin|diagnose|edit|exit|quit|end|logout|bye|clish|echo|date)\b/i
/** What answers with a configuration. */
const SHOWS =
  /^(?:do |run )?(?:sh(?:ow?)? (?:run|start|conf|full|merged|candidate|tech|flow-c)|sh(?:ow?)?(?: \||$)|sh(?:ow?)? (?:system|firewall|vpn|router|user|log)\b|dis(?:p(?:l(?:ay?)?)?)? (?:cu|sa)|(?:\/|[\w/ ]+ )?export\b|(?:tmsh )?(?:-q )?list\b|more (?:system:|nvram:|flash:|disk\d*:|startup|running)|cat \S|write term|wr t|admin (?:display-config|show configuration)|info\b)/i
/** The same configuration told again: as it was saved, in another form, or with what is left out else. */
const TELLS_AGAIN =
  /\b(?:start|sa(?:v|$| )|full|display set|display (?:xml|json)|merged|candidate|xml|json)/i

/** What a device says around its prompt. */
const AROUND =
  /^(?:Entering configuration mode|Exiting configuration mode|\[edit[^\]]{0,200}\]|\{(?:master|primary|secondary|backup|linecard)(?::\w+)?\}(?:\[edit[^\]]{0,200}\])?|Password: ?|Username: ?|login: ?|User Access Verification|Connection to .{1,120} closed\.?|Last login: .{1,200}|Screen length set to \d+|Pager (?:disabled|set).{0,40}|Terminal width set .{0,40}|-{2,4} ?\(?more\b.{0,60}|lines? \d+-\d+.{0,20}|\(END\))$/i

/** A prompt stands at the beginning: further down, a banner could imitate one. */
const HEAD_LINES = 60

/** A line is one of a session only where the host of its prompt is that of the first. */
export function besideConfiguration(lines: readonly string[]): Beside {
  const first = firstPrompt(lines)
  if (first === undefined) return edges(lines)
  const sections = sectionsOf(lines, first)
  const shown = sections.filter(({ said }) => SHOWS.test(said))
  const once = shown.filter(({ said }) => !TELLS_AGAIN.test(said))
  const read = once.length > 0 ? once : shown.slice(0, 1)
  const beside = new Set<number>()
  for (let at = 0; at < first.at; at += 1) beside.add(at)
  for (const { at, end, said } of sections) {
    const isRead = read.length === 0 || read.some((one) => one.at === at)
    beside.add(at)
    if (!isRead || SAYS_NOTHING.test(said))
      for (let next = at + 1; next < end; next += 1) beside.add(next)
    else for (const next of around(lines, at + 1, end)) beside.add(next)
  }
  return beside
}

/** The configuration alone, at the lines it stands on. */
export function withoutBeside(lines: readonly string[], beside: Beside): readonly string[] {
  return beside.size === 0 ? lines : lines.map((line, at) => (beside.has(at) ? '' : line))
}

const SAYS_NOTHING =
  /^(?:term|set cli|set terminal|screen-length|no pag|en$|enable|exit|quit|logout)/i

type Section = { readonly at: number; readonly end: number; readonly said: string }

function firstPrompt(lines: readonly string[]): (Prompt & { readonly at: number }) | undefined {
  let met = 0
  for (let at = 0; at < lines.length && met < HEAD_LINES; at += 1) {
    const line = (lines[at] ?? '').trimEnd()
    if (line === '') continue
    met += 1
    const prompt = promptIn(line)
    if (prompt !== undefined && READS.test(prompt.said)) return { ...prompt, at }
    if (OPENS_CONFIGURATION.test(line)) return undefined
  }
  return undefined
}

/** With these a configuration has begun, and a prompt that comes now is text in it. */
const OPENS_CONFIGURATION =
  /^(?:version |hostname |banner |interface |config |set |system |<\?xml|<config|#config-version|Building configuration|Current configuration|[!#:])/

function promptIn(line: string): Prompt | undefined {
  for (const pattern of PROMPTS) {
    const { host, said } = pattern.exec(line)?.groups ?? {}
    if (host !== undefined && said !== undefined) return { host, said: said.trim() }
  }
  return undefined
}

/** From prompt to prompt. What stands in a banner or in quotes is no prompt. */
function sectionsOf(
  lines: readonly string[],
  first: Prompt & { readonly at: number },
): readonly Section[] {
  const starts: { readonly at: number; readonly said: string }[] = []
  for (let at = first.at; at < lines.length; at += 1) {
    const line = (lines[at] ?? '').trimEnd()
    const prompt = line.includes(first.host) ? promptIn(line) : undefined
    if (prompt?.host === first.host) starts.push({ at, said: prompt.said })
    else at = bannerEndAt(lines, at) ?? quotedEnd(lines, at)
  }
  return starts.map(({ at, said }, index) => ({
    at,
    said,
    end: starts[index + 1]?.at ?? lines.length,
  }))
}

/** What is said around a prompt: right behind it, and right before the next. */
function around(lines: readonly string[], start: number, end: number): readonly number[] {
  const found: number[] = []
  const says = (at: number) => AROUND.test((lines[at] ?? '').trim())
  const isBlank = (at: number) => (lines[at] ?? '').trim() === ''
  for (let at = start; at < end && (isBlank(at) || says(at)); at += 1) if (says(at)) found.push(at)
  for (let at = end - 1; at >= start && (isBlank(at) || says(at)); at -= 1)
    if (says(at)) found.push(at)
  return found
}

/** Without a prompt before it: the command alone, as some write it above its answer, and the prompt that came last. */
function edges(lines: readonly string[]): Beside {
  const first = lines.findIndex((line) => line.trim() !== '')
  const last = lines.findLastIndex((line) => line.trim() !== '')
  if (first === -1) return NOTHING
  const beside = new Set<number>()
  if (COMMAND_ALONE.test((lines[first] ?? '').trim())) beside.add(first)
  for (const at of around(lines, first, lines.length)) beside.add(at)
  const prompt = promptIn((lines[last] ?? '').trimEnd())
  if (prompt?.said === '' && last > first && !(lines[last] ?? '').startsWith('<')) beside.add(last)
  return beside
}

const COMMAND_ALONE =
  /^(?:show (?:running-config|startup-config|configuration|full-configuration)(?: all| \|.{0,80})?|display (?:current|saved)-configuration)$/
