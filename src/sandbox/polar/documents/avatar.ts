// Draws the merchant's avatar as a PNG: a record on a sleeve.

import { crc32, deflateSync } from 'node:zlib'

const SIDE = 128
const SLEEVE = [0x1f, 0x4d, 0x46] as const
const RECORD = [0xf2, 0xe9, 0xd8] as const
const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
/** Eight bits for each of red, green and blue; nothing interlaced. */
const FORMAT = [8, 2, 0, 0, 0]

const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

const chunk = (type: string, data: Buffer) => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  return Buffer.concat([uint32(data.length), named, uint32(crc32(named))])
}

/** Rings around the middle. */
const colorAt = (x: number, y: number) => {
  const far = Math.hypot(x - SIDE / 2 + 0.5, y - SIDE / 2 + 0.5)
  const onRecord = far > 6 && far < 48 && !(far > 20 && far < 22) && !(far > 34 && far < 36)
  return onRecord ? RECORD : SLEEVE
}

export const avatar = (): Buffer => {
  const rows: number[] = []
  for (let y = 0; y < SIDE; y++) {
    rows.push(0) // a row that is not filtered
    for (let x = 0; x < SIDE; x++) rows.push(...colorAt(x, y))
  }
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', Buffer.concat([uint32(SIDE), uint32(SIDE), Buffer.from(FORMAT)])),
    chunk('IDAT', deflateSync(Buffer.from(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
