// Messages of a queue: Amazon SQS, whose messages name objects of a bucket, and Google Pub/Sub, whose messages are
// events. A message is taken off the queue once its lines are on disk.

import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { parsed } from './ask.ts'
import type { PubSubStream, QueueStream } from './collector.ts'
import { fill, fillRequest } from './fill.ts'
import { readObject } from './object-stream.ts'
import type { StreamParts } from './poll-stream.ts'
import { CloudFailure } from './trouble.ts'

/** Seconds that one question waits for messages. */
const WAIT_S = 10
const IDLE_MS = 5000
const MESSAGES = 10

const SqsSchema = z.object({
  Messages: z
    .array(z.object({ MessageId: z.string(), ReceiptHandle: z.string(), Body: z.string() }))
    .default([]),
})
/** It becomes part of an address: nothing else may be in it. */
const BucketName = z.string().regex(/^[a-z0-9.-]{3,63}$/)
/** What S3 writes into a message, by itself or wrapped by SNS or EventBridge. */
const NoticeSchema = z.object({
  Records: z
    .array(
      z.object({
        s3: z.object({
          bucket: z.object({ name: BucketName }),
          object: z.object({ key: z.string() }),
        }),
      }),
    )
    .optional(),
  Message: z.string().optional(),
  detail: z
    .object({ bucket: z.object({ name: BucketName }), object: z.object({ key: z.string() }) })
    .optional(),
})

export async function readQueue(stream: QueueStream, parts: StreamParts): Promise<never> {
  const { intake, onRead, signal } = parts
  for (;;) {
    const { Messages: messages } = SqsSchema.parse(
      await sqs(stream, parts, 'ReceiveMessage', {
        MaxNumberOfMessages: MESSAGES,
        WaitTimeSeconds: WAIT_S,
      }),
    )
    for (const message of messages) {
      await readNotice(stream, parts, message)
      await intake.synced()
      await sqs(stream, parts, 'DeleteMessage', { ReceiptHandle: message.ReceiptHandle })
    }
    onRead()
    if (messages.length === 0) await sleep(IDLE_MS, undefined, { signal })
  }
}

async function sqs(
  { queue }: QueueStream,
  { asker, values }: StreamParts,
  action: 'ReceiveMessage' | 'DeleteMessage',
  body: object,
): Promise<unknown> {
  const address = fill(queue, values)
  const answer = await asker.ask({
    method: 'POST',
    url: new URL('/', address),
    headers: {
      'Content-Type': 'application/x-amz-json-1.0',
      'X-Amz-Target': `AmazonSQS.${action}`,
    },
    body: JSON.stringify({ QueueUrl: address, ...body }),
  })
  return answer.text === '' ? {} : parsed(answer)
}

/** Of a message that comes again because it was not taken off, what was read is left out. */
async function readNotice(
  { endpoint }: QueueStream,
  parts: StreamParts,
  { MessageId: message, Body: text }: { readonly MessageId: string; readonly Body: string },
): Promise<void> {
  for (const { bucket, key } of objectsIn(text)) {
    const id = `${message} ${bucket} ${key}`
    try {
      await readObject({ endpoint, bucket, key, id, timeMs: parts.nowMs() }, parts)
    } catch (thrown) {
      // An object that is gone is said; anything passing leaves the message in the queue.
      if (!(thrown instanceof CloudFailure) || !isGone(thrown)) throw thrown
      parts.onTrouble({ code: 'object', key, reason: '404' })
    }
  }
}

function isGone({ trouble }: CloudFailure): boolean {
  return trouble.code === 'answered' && trouble.status === 404
}

/** Nothing for messages of another kind, as the one that tests the way. */
function objectsIn(text: string): readonly { readonly bucket: string; readonly key: string }[] {
  const notice = NoticeSchema.safeParse(jsonOf(text)).data
  if (notice?.Message !== undefined) return objectsIn(notice.Message)
  if (notice?.detail !== undefined)
    return [{ bucket: notice.detail.bucket.name, key: notice.detail.object.key }]
  return (notice?.Records ?? []).map(({ s3 }) => ({
    bucket: s3.bucket.name,
    key: decodeURIComponent(s3.object.key.replaceAll('+', ' ')),
  }))
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const PulledSchema = z.object({
  receivedMessages: z
    .array(
      z.object({
        ackId: z.string(),
        message: z.object({ messageId: z.string(), data: z.string().default('') }),
      }),
    )
    .default([]),
})

export async function readPubSub(stream: PubSubStream, parts: StreamParts): Promise<never> {
  const { asker, values, intake, origin, state, onRead, signal, nowMs } = parts
  const ask = async (action: 'pull' | 'acknowledge', body: Record<string, unknown>) =>
    parsed(
      await asker.ask(
        fillRequest(
          {
            method: 'POST',
            url: `${stream.subscription}:${action}`,
            query: {},
            headers: { 'Content-Type': 'application/json' },
            body,
          },
          values,
        ),
      ),
    )
  for (;;) {
    const { receivedMessages: pulled } = PulledSchema.parse(
      await ask('pull', { maxMessages: 1000 }),
    )
    let isWilling = true
    for (const { message } of pulled) {
      if (state.wasSeen(message.messageId)) continue
      state.see(message.messageId, nowMs())
      const line = Buffer.from(message.data, 'base64')
      if (line.length > 0 && !intake.write(origin, line, 0, line.length)) isWilling = false
    }
    if (pulled.length > 0) {
      state.note(intake)
      await intake.synced()
      await ask('acknowledge', { ackIds: pulled.map(({ ackId }) => ackId) })
    }
    if (!isWilling) await intake.drained()
    onRead()
    if (pulled.length === 0) await sleep(IDLE_MS, undefined, { signal })
  }
}
