// Our check of a signature against two judges that are not ours: the Standard Webhooks library and Polar's SDK.
//
// Where a judge has no say: the library knows neither of Polar's older keys by itself (it is told which derivation to use),
// takes no secret without padding, and looks at whole seconds of its own clock. The SDK reads a timestamp as any number.
// In both cases ours is the stricter one, and the rows below say so.

import { createHmac } from 'node:crypto'
import { webhooks } from '@polar-sh/sdk/2026-10'
import { Webhook } from 'standardwebhooks'
import { systemClock } from '../../src/runtime/clock.ts'
import {
  createVerifier,
  type Reading,
  type SignatureHeaders,
  type Verdict,
} from '../../src/webhooks/signature.ts'
import { body as bodyOf } from './build.ts'

export const NOW = Date.parse('2026-11-22T09:00:00Z')
export const STAMP = String(NOW / 1000)
export const BODY = bodyOf('order.paid')
export const ID = 'f08db22f-d293-456a-b170-fab23d90fbac'

export const withOrder = (secret: string): Buffer => Buffer.from(secret)
export const decoded = (secret: string): Buffer =>
  Buffer.from(secret.replace(/^whsec_/, ''), 'base64')

export const signed = (
  key: Buffer,
  body: string | Buffer = BODY,
  { id = ID, timestamp = STAMP } = {},
) => `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`

type Headers = { id?: string; timestamp?: string; signature?: string }
export const sent = (signature: string, { id = ID, timestamp = STAMP }: Headers = {}) => ({
  'webhook-id': id,
  'webhook-timestamp': timestamp,
  'webhook-signature': signature,
})
type Sent = ReturnType<typeof sent>

/** Our verdict on a webhook: on its headers, and on its body if these leave the question open. */
export const judge = (secrets: readonly string[]) => {
  const { read, verify } = createVerifier(secrets, systemClock)
  return (headers: SignatureHeaders, body: string | Uint8Array = BODY): Reading | Verdict => {
    const reading = read(headers)
    if (reading.is !== 'claim') return reading
    return verify(typeof body === 'string' ? Buffer.from(body) : body, reading)
  }
}

export const headersOf = (headers: Sent): SignatureHeaders => ({
  id: headers['webhook-id'],
  timestamp: headers['webhook-timestamp'],
  signature: headers['webhook-signature'],
})

export const ours = (secrets: string[], headers: Sent, body: string | Buffer = BODY) =>
  judge(secrets)(headersOf(headers), body).is === 'verified'

const sdk = async (secret: string, headers: Sent, body: string | Buffer = BODY) => {
  try {
    await webhooks.validateEvent(body, headers, secret)
  } catch (error) {
    // A type it does not know, or a body that is no JSON, it complains about only once the signature is good.
    return (error as Error).name !== 'PolarWebhookVerificationError'
  }
  return true
}

const library = (key: Buffer, headers: Sent, body: string | Buffer = BODY) => {
  try {
    const judge = new Webhook(key, { format: 'raw' })
    judge.verify(Buffer.from(body), headers, { jsonParse: false })
  } catch {
    return false
  }
  return true
}

/** The verdicts of all of them; the library is asked for each way to derive the key. */
export const everyone = async (secret: string, headers: Sent, body: string | Buffer = BODY) => ({
  ours: ours([secret], headers, body),
  sdk: await sdk(secret, headers, body),
  library: [withOrder(secret), decoded(secret)].some(
    (key) => key.length > 0 && library(key, headers, body),
  ),
})
export const yes = { ours: true, sdk: true, library: true }
export const no = { ours: false, sdk: false, library: false }

export const BASE64 = Buffer.alloc(32, 7).toString('base64')
export const SECRET = `whsec_${BASE64}`
