import { randomInt } from 'node:crypto'

/** A random private address. Different addresses keep the rate limit out of the measurement. */
export const someAddress = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`
