// A rule that floods trips its own breaker: its further findings are not recorded for a while, and the Rules screen says so.

import { HOUR_MS } from '../core/index.ts'
import type { Finding } from '../model/index.ts'

/** Findings of one rule within an hour that no person reads. */
export const FLOOD_FINDINGS = 20_000

export class Breaker {
  readonly #windows = new Map<string, { since: number; findings: number; openUntil: number }>()

  /** The findings of rules whose breaker is closed. Counts all of them. */
  pass(findings: readonly Finding[], nowMs: number): readonly Finding[] {
    const kept: Finding[] = []
    for (const finding of findings) {
      const window = this.#window(finding.rule, nowMs)
      if (window.openUntil > nowMs) continue
      window.findings += 1
      kept.push(finding)
      if (window.findings >= FLOOD_FINDINGS) window.openUntil = nowMs + HOUR_MS
    }
    return kept
  }

  isOpen(rule: string, nowMs: number): boolean {
    return (this.#windows.get(rule)?.openUntil ?? 0) > nowMs
  }

  /** A rule that was mended is given another try. */
  forget(rule: string): void {
    this.#windows.delete(rule)
  }

  #window(rule: string, nowMs: number) {
    const known = this.#windows.get(rule)
    if (known !== undefined && nowMs - known.since < HOUR_MS && nowMs >= known.since) return known
    const fresh = { since: nowMs, findings: 0, openUntil: known?.openUntil ?? 0 }
    this.#windows.set(rule, fresh)
    return fresh
  }
}
