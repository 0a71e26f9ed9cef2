// Receives webhook bodies before they are verified: each within a size and a time, and all together within a number of
// bytes, so that strangers cannot fill the memory.

import type { IncomingMessage } from 'node:http'
import { SECOND } from '../runtime/clock.ts'

const MIB = 1024 * 1024

export const MAX_BYTES = MIB

/** Bytes of all incomplete bodies together; milliseconds from the headers of a request to its last byte. */
const BOUNDS = { together: 16 * MIB, patience: 10 * SECOND }

export type NotReceived = 'too_large' | 'too_slow' | 'no_room' | 'cut_off'
export type Received = { body: Uint8Array } | { failed: NotReceived }

/** Bytes that a chunk takes beside its content: a body in a million chunks must not get around the bound. */
const CHUNK = 128

type InHand = { bytes: number; refuse: (why: NotReceived) => void }

const whole = (chunks: readonly Buffer[]) => {
  const [first, ...more] = chunks
  return first && more.length === 0 ? first : Buffer.concat(chunks)
}

export const createBodies = (bounds: Partial<typeof BOUNDS> = {}) => {
  const { together, patience } = { ...BOUNDS, ...bounds }
  const inHand = new Set<InHand>()
  let bytes = 0

  /** The largest body gives way: webhooks are small and complete, and must not be kept out by large stalled bodies. */
  const makeRoom = () => {
    while (bytes > together) {
      const [first, ...others] = inHand
      if (!first) return
      others.reduce((most, one) => (one.bytes > most.bytes ? one : most), first).refuse('no_room')
    }
  }

  return {
    /** Resolves with the body, or with the reason why there is none; never rejects. The rest of a refused body stays unread. */
    receive: (request: IncomingMessage): Promise<Received> =>
      new Promise((resolve) => {
        const chunks: Buffer[] = []
        let length = 0
        const settle = (received: Received) => {
          if (!inHand.delete(one)) return
          bytes -= one.bytes
          clearTimeout(timer)
          request.off('data', take).off('end', complete).off('close', cutOff)
          resolve(received)
        }
        const one: InHand = { bytes: 0, refuse: (failed) => settle({ failed }) }
        const take = (chunk: Buffer) => {
          length += chunk.length
          one.bytes += chunk.length + CHUNK
          bytes += chunk.length + CHUNK
          chunks.push(chunk)
          if (length > MAX_BYTES) one.refuse('too_large')
          else makeRoom()
        }
        const complete = () => settle({ body: whole(chunks) })
        const cutOff = () => one.refuse('cut_off')
        const timer = setTimeout(() => one.refuse('too_slow'), patience)
        inHand.add(one)
        request.on('data', take).on('end', complete).on('close', cutOff)
        if (request.destroyed) cutOff()
      }),
    /** The bytes that are in hand now. */
    bytesInHand: () => bytes,
  }
}

export type Bodies = ReturnType<typeof createBodies>
