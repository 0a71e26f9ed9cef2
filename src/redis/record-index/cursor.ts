// A cursor says where the next page begins: the next number of every shard. So a page neither repeats nor skips an entry,
// whatever is written in between.

import { PosternError } from '../../runtime/errors.ts'
import { SHARDS } from '../keys.ts'
import { uint32 } from './layout.ts'

const BYTES = 4 * SHARDS.length

/** Not a cursor of ours. */
export class InvalidCursorError extends PosternError {
  override readonly name = 'InvalidCursorError'
}

/** @param next the next numbers, in the order of the shards. */
export const encodeCursor = (next: readonly number[]) =>
  Buffer.concat(next.map(uint32)).toString('base64url')

/** @throws {InvalidCursorError} */
export const decodeCursor = (cursor: string): number[] => {
  const bytes = Buffer.from(cursor, 'base64url')
  if (bytes.length !== BYTES || bytes.toString('base64url') !== cursor)
    throw new InvalidCursorError('the cursor is not one of this list')
  return SHARDS.map((_, index) => bytes.readUInt32BE(4 * index))
}
