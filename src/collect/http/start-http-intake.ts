// A server of its own for events over HTTP, for devices that are given one port.

import { createServer } from 'node:http'
import { closeNow, listenOn } from '../../core/index.ts'
import { answer } from './answer.ts'
import { createHttpIntake } from './handle-intake.ts'
import type { HttpIntakeOptions } from './handle-intake.ts'
import { HEC } from './refusal.ts'

export type StartHttpIntakeOptions = HttpIntakeOptions & {
  readonly host: string
  readonly port: number
}

export type HttpIntakeServer = {
  readonly port: number
  readonly close: () => Promise<void>
}

const HEADERS_TIMEOUT_MS = 15_000
const MAX_CONNECTIONS = 2048

/** Throws ADDRESS_IN_USE when the port is taken. Port 0 takes any free one. */
export async function startHttpIntake(options: StartHttpIntakeOptions): Promise<HttpIntakeServer> {
  const handle = createHttpIntake(options)
  // The time a body may take is counted where it is read, without the time the intake makes it wait.
  const server = createServer(
    { headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: 0 },
    (request, response) => {
      const served = handle(request, response)
      if (served === false) answer(response, 404, { text: 'Not found', code: HEC.invalidData })
    },
  )
  server.maxConnections = MAX_CONNECTIONS
  const { host } = options
  const port = await listenOn(server, { listener: 'HTTP', host, port: options.port })
  return { port, close: () => closeNow(server) }
}
