// The content a sensor works with: what its station signed last, kept on disk as one file that is replaced as a whole.

import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SensorContent } from '../../model/index.ts'
import { openContent } from '../sensors/sealed-content.ts'
import type { ContentProblem } from '../sensors/sealed-content.ts'
import { replaceFile } from './whole-file.ts'

export type ContentStoreOptions = {
  readonly folder: string
  /** PEM of the station's authority. */
  readonly authority: string
  /** Content was taken into use. */
  readonly onContent: (content: SensorContent) => void
  readonly onRefused: (problem: ContentProblem) => void
}

const FILE = 'content.json'

export class ContentStore {
  readonly #options: ContentStoreOptions
  #version = 0
  #vigie = ''

  constructor(options: ContentStoreOptions) {
    this.#options = options
  }

  /** 0 while there is none. */
  get version(): number {
    return this.#version
  }

  /** Of the Vigie that made it; '' while there is none. */
  get vigie(): string {
    return this.#vigie
  }

  /** Folder of collectors; undefined while there is none. */
  get collectors(): string | undefined {
    return this.#version === 0 ? undefined : this.#collectorsOf(this.#version)
  }

  /** Takes up what an earlier run kept. What the disk altered is refused, and asked for again from the station. */
  open(): void {
    const { folder, authority, onRefused } = this.#options
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const kept = textIn(join(folder, FILE))
    if (kept === undefined) return
    const opened = openContent(kept, authority)
    if (opened.ok) this.#use(opened.content)
    else onRefused(opened.problem)
  }

  /** True when it is in use and on disk. */
  async accept(sealed: string): Promise<boolean> {
    const { folder, authority, onRefused } = this.#options
    const opened = openContent(sealed, authority)
    if (!opened.ok || opened.content.version <= this.#version) {
      onRefused(opened.ok ? 'older' : opened.problem)
      return false
    }
    await replaceFile(join(folder, FILE), sealed)
    this.#use(opened.content)
    return true
  }

  #use(content: SensorContent): void {
    this.#layOut(content)
    this.#version = content.version
    this.#vigie = content.vigie
    this.#options.onContent(content)
    this.#forgetOthers()
  }

  /** Written beside and named at the end: a folder with a version's name is whole. Made anew at each start. */
  #layOut({ version, collectors }: SensorContent): void {
    const into = this.#collectorsOf(version)
    const beside = `${into}.new`
    rmSync(beside, { recursive: true, force: true })
    mkdirSync(beside, { recursive: true })
    for (const [name, text] of Object.entries(collectors)) writeFileSync(join(beside, name), text)
    rmSync(into, { recursive: true, force: true })
    renameSync(beside, into)
  }

  #forgetOthers(): void {
    const { folder } = this.#options
    for (const name of readdirSync(folder)) {
      const isOther = name.startsWith('collectors-') && join(folder, name) !== this.collectors
      if (isOther) rmSync(join(folder, name), { recursive: true, force: true })
    }
  }

  #collectorsOf(version: number): string {
    return join(this.#options.folder, `collectors-${version}`)
  }
}

function textIn(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return undefined
    throw thrown
  }
}
