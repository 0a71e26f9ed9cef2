// A text is packed in three parts: its skeleton, in which a marker stands for each UUID and instant; for each marker,
// whether its value is new or which earlier one it repeats; and the new values in a few bytes each. Skeletons compress
// well, since those of two records differ little, and values do not, since they are mostly random.
//
// All this is the format of stored records: no marker and no meaning may change.

/** Bytes that occur in no UTF-8. */
export const MARKER = {
  /** 16 bytes. */
  uuid: 0xf5,
  /** An instant in ISO 8601, in UTC, with six digits after the second: microseconds since the first instant of the text. */
  micros: 0xf6,
  /** With three digits or none: milliseconds since the first instant. */
  millis: 0xf7,
  seconds: 0xf8,
  /** 13 digits, a time in milliseconds: milliseconds since the first instant. */
  epoch: 0xf9,
} as const

export type Marker = (typeof MARKER)[keyof typeof MARKER]

/** UTF-8 has no byte from here on. */
export const FIRST_MARKER = MARKER.uuid

/** Stands between a skeleton and what its markers repeat. */
export const SEPARATOR = 0xff

/** The values of all markers of one group are counted together, for the repeats. */
export const groupOf = (marker: Marker): number => {
  switch (marker) {
    case MARKER.uuid:
      return 0
    case MARKER.micros:
    case MARKER.millis:
    case MARKER.seconds:
    case MARKER.epoch:
      return 1
    default:
      return marker satisfies never
  }
}

export const GROUPS = 2

/** `skeleton` has the markers; `repeats` a number for each; `values` the bytes of the new values. */
export type Tokens = { skeleton: Buffer; repeats: Buffer; values: Buffer }
