// A real PostgreSQL server for tests, where one is installed (Debian's package).

import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = '/usr/lib/postgresql'

export function postgresBin(): string | undefined {
  if (!existsSync(ROOT)) return undefined
  return readdirSync(ROOT)
    .toSorted()
    .map((version) => join(ROOT, version, 'bin'))
    .findLast((bin) => existsSync(join(bin, 'postgres')))
}

export type PostgresServer = { readonly url: string; readonly stop: () => void }

/** PostgreSQL refuses to run as root, so it runs as the package's own account there. */
export function startPostgres(folder: string, port: number): PostgresServer {
  const bin = postgresBin() ?? ''
  const asRoot = process.getuid?.() === 0
  const run = (command: string, words: readonly string[]) =>
    asRoot
      ? execFileSync('runuser', ['-u', 'postgres', '--', join(bin, command), ...words], {
          stdio: 'ignore',
        })
      : execFileSync(join(bin, command), words, { stdio: 'ignore' })
  if (asRoot) spawnSync('chown', ['-R', 'postgres', folder])
  const data = join(folder, 'data')
  run('initdb', ['-D', data, '-U', 'vigie', '--auth=trust', '--no-sync'])
  run('pg_ctl', [
    '-D',
    data,
    '-w',
    '-o',
    `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=`,
    'start',
  ])
  return {
    url: `postgres://vigie@127.0.0.1:${port}/postgres`,
    stop: () => void run('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']),
  }
}
