// The tokens that stand for ids and instants in a packed text. Each begins with a marker, a byte that occurs in no UTF-8.
// They are part of the format of stored records: none may change.

export const MARKER = {
  /** 16 bytes. */
  uuid: 0xf5,
  /** A number of microseconds: an instant in ISO 8601, in UTC, with six digits after the second. */
  micros: 0xf6,
  /** A number of milliseconds: an instant with three digits after the second, or with none. */
  millis: 0xf7,
  seconds: 0xf8,
  /** A number of milliseconds: 13 digits. */
  epoch: 0xf9,
  /** 16 or 32 bytes: their text in base64url. */
  digest16: 0xfa,
  digest32: 0xfb,
} as const

/** UTF-8 has no byte from here on. */
export const FIRST_MARKER = MARKER.uuid
