// A real Kafka broker for tests: one node that is its own controller, from the jars of Apache Kafka where `.ci/run` or a
// person put them (`test/kafka/pom.xml`).

import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { freePorts } from '../src/core/index.ts'
import { until } from './redis-server.ts'

const LIBS = join(import.meta.dirname, 'kafka/libs')

/** Why tests of Kafka cannot run here; undefined where they can. */
export function kafkaMissing(): string | undefined {
  if (!existsSync(LIBS)) return 'no broker: mvn -f test/kafka/pom.xml dependency:copy-dependencies'
  return spawnSync('java', ['-version']).status === 0 ? undefined : 'java is not installed'
}

export type KafkaServer = {
  readonly port: number
  /** Encrypted, with a password; 0 where no certificate was given. */
  readonly securePort: number
  /** kill -9 */
  readonly kill: () => Promise<void>
  readonly stop: () => Promise<void>
}

export type KafkaServerOptions = {
  readonly folder: string
  /** PEM: of the secure listener, where the user `vigie` has the password `h&k:l`. */
  readonly certificate?: { readonly key: string; readonly cert: string }
  /** As before, for a broker that comes back. */
  readonly ports?: readonly [number, number, number]
}

/** Of the broker, of its controller and of its secure listener. */
export async function threePorts(): Promise<readonly [number, number, number]> {
  const [port = 0, controller = 0, secure = 0] = await freePorts(3)
  return [port, controller, secure]
}

export async function startKafka(options: KafkaServerOptions): Promise<KafkaServer> {
  const { folder, certificate } = options
  const ports = options.ports ?? (await threePorts())
  const [port, controller, secure] = ports
  mkdirSync(folder, { recursive: true })
  const config = join(folder, 'server.properties')
  const isSecure = certificate !== undefined
  writeFileSync(config, configOf({ folder, port, controller, secure: isSecure ? secure : 0 }))
  if (isSecure) writeFileSync(config, secureConfigOf(certificate), { flag: 'a' })
  if (!existsSync(join(folder, 'log/meta.properties')))
    execFileSync('java', [...JAVA, 'kafka.tools.StorageTool', ...FORMAT, '-c', config], {
      stdio: 'ignore',
    })
  const server = spawn(
    'java',
    ['-Xmx256m', '-XX:TieredStopAtLevel=1', ...JAVA, 'kafka.Kafka', config],
    { stdio: 'ignore' },
  )
  const end = async (signal: NodeJS.Signals) => {
    if (server.exitCode !== null || server.signalCode !== null) return
    server.kill(signal)
    await once(server, 'exit')
  }
  await until(() => isOpen(port), 60_000)
  return {
    port,
    securePort: isSecure ? secure : 0,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGKILL'),
  }
}

const JAVA = ['-cp', `${LIBS}/*`]
const FORMAT = [
  'format',
  '-t',
  'AAAAAAAAAAAAAAAAAAAAAQ',
  '--ignore-formatted',
  '--add-scram',
  'SCRAM-SHA-512=[name=vigie,password=h&k:l]',
  '--add-scram',
  'SCRAM-SHA-256=[name=vigie,password=h&k:l]',
]

type Config = { folder: string; port: number; controller: number; secure: number }

function configOf({ folder, port, controller, secure }: Config): string {
  const listeners = [
    `PLAINTEXT://127.0.0.1:${port}`,
    ...(secure === 0 ? [] : [`SASL_SSL://127.0.0.1:${secure}`]),
  ]
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controller}
listeners=${listeners.join(',')},CONTROLLER://127.0.0.1:${controller}
advertised.listeners=${listeners.join(',')}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL
log.dirs=${folder}/log
num.partitions=3
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
group.initial.rebalance.delay.ms=0
`
}

function secureConfigOf({ key, cert }: { key: string; cert: string }): string {
  const folded = (pem: string) => pem.trim().split('\n').join(' \\\n')
  return `ssl.keystore.type=PEM
ssl.keystore.certificate.chain=${folded(cert)}
ssl.keystore.key=${folded(key)}
sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512
listener.name.sasl_ssl.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_vigie="h&k:l";
listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
`
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const end = (open: boolean) => () => {
      socket.destroy()
      resolve(open)
    }
    socket.once('connect', end(true))
    socket.once('error', end(false))
  })
}
