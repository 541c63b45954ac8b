// What the Event Viewer exported as XML, and our JSON, both as sorted lists of facts (`/Event/System/Level=4`), to be compared.

type Element = {
  readonly name: string
  readonly attributes: readonly (readonly [string, string])[]
  readonly children: Element[]
  text: string
}

const TOKENS =
  /<\?.*?\?>|<\/[^>]+>|<(?<name>[^\s/>]+)(?<attributes>(?:\s+[^\s=]+=(?:'[^']*'|"[^"]*"))*)\s*(?<empty>\/?)>|(?<text>[^<]+)/gs
const ATTRIBUTES = /([^\s=]+)=(?:'([^']*)'|"([^"]*)")/g
const ENTITIES = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['amp', '&'],
])

/** By record id. Message texts (RenderingInfo) are left out: they stand in no log. */
export function windowsEvents(xml: string): Map<string, string[]> {
  const events = new Map<string, string[]>()
  for (const event of parse(xml.replace(/^\uFEFF/, '')).children[0]?.children ?? []) {
    const facts: string[] = []
    collectXml(event, '', facts)
    const id = facts.find((fact) => fact.startsWith('/Event/System/EventRecordID='))
    events.set(id?.split('=')[1] ?? '', facts.map(normal).toSorted())
  }
  return events
}

export function flatEvent(event: unknown): string[] {
  const facts: string[] = []
  collectJson(event, '', facts)
  return facts.map(normal).toSorted()
}

function parse(xml: string): Element {
  const root: Element = { name: '', attributes: [], children: [], text: '' }
  const open = [root]
  for (const { 0: token, groups = {} } of xml.matchAll(TOKENS)) {
    const parent = open.at(-1) ?? root
    if (groups.text !== undefined) parent.text += unescaped(groups.text)
    else if (groups.name !== undefined) {
      const attributes = [...(groups.attributes ?? '').matchAll(ATTRIBUTES)].map(
        ([, key = '', single, double]) => [key, unescaped(single ?? double ?? '')] as const,
      )
      const element: Element = { name: groups.name, attributes, children: [], text: '' }
      parent.children.push(element)
      if (groups.empty === '') open.push(element)
    } else if (token.startsWith('</')) open.pop()
  }
  return root
}

function unescaped(text: string): string {
  return text.replace(/&(#x?)?(\w+);/g, (whole, number: string | undefined, name: string) =>
    number === undefined
      ? (ENTITIES.get(name) ?? whole)
      : String.fromCodePoint(Number.parseInt(name, number === '#x' ? 16 : 10)),
  )
}

function collectXml(element: Element, path: string, facts: string[]): void {
  if (element.name === 'RenderingInfo') return
  const given =
    element.name === 'Data' ? element.attributes.find(([key]) => key === 'Name') : undefined
  const own = `${path}/${given?.[1] ?? element.name}`
  for (const attribute of element.attributes) {
    if (attribute !== given) facts.push(`${own}@${attribute.join('=')}`)
  }
  for (const child of element.children) collectXml(child, own, facts)
  if (element.children.length === 0) facts.push(`${own}=${element.text}`)
}

function collectJson(value: unknown, path: string, facts: string[]): void {
  if (Array.isArray(value)) {
    for (const item of value) collectJson(item, path, facts)
  } else if (!isObject(value)) facts.push(`${path}=${textOf(value)}`)
  else {
    const { '#attributes': attributes, ...content } = value
    for (const [key, item] of Object.entries(attributes ?? {})) facts.push(`${path}@${key}=${item}`)
    const members = Object.entries(content)
    for (const [key, item] of members) {
      collectJson(item, key === '#text' ? path : `${path}/${key}`, facts)
    }
    if (members.length === 0) facts.push(`${path}=`)
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return value === null ? '' : JSON.stringify(value)
}

/** Windows writes GUIDs in braces and lower case, and a line end may be one character or two. */
function normal(fact: string): string {
  return fact
    .replace(
      /=\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?$/,
      (_, guid: string) => `=${guid.toLowerCase()}`,
    )
    .replaceAll('\r\n', '\n')
}
