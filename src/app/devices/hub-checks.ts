// Checks of configurations that hubs sent and that are in use: beside the station's own wherever configurations are checked.

import type { Check } from '../../audit/index.ts'
import type { AuditTools } from './audit-tools.ts'

export type HubCheck = {
  readonly check: Check
  /** Id of the indicator it came as. */
  readonly object: string
}

export class HubChecks {
  #checks: readonly HubCheck[] = []

  get current(): readonly Check[] {
    return this.#checks.map(({ check }) => check)
  }

  /** The indicator that a check came as; undefined for one of the station's own. */
  objectOf(id: string): string | undefined {
    return this.#checks.find(({ check }) => check.id === id)?.object
  }

  checkOf(object: string): Check | undefined {
    return this.#checks.find((one) => one.object === object)?.check
  }

  use(checks: readonly HubCheck[]): void {
    this.#checks = checks
  }

  /** The same tools, with what is in use at the moment they are asked for. */
  beside(tools: () => AuditTools): () => AuditTools {
    return () => {
      const own = tools()
      return this.#checks.length === 0 ? own : { ...own, checks: [...own.checks, ...this.current] }
    }
  }
}
