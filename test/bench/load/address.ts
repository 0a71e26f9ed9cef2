import { randomInt } from 'node:crypto'

/** A private address, most likely nobody else's in the run: who comes often from one address may be made to wait. */
export const someAddress = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`
