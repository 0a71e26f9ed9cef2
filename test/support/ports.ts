// Ports that stay one's own while nobody listens on them: below those that systems hand out for outgoing connections.

import { randomInt } from 'node:crypto'
import { portOr } from '../../src/sandbox/redis.ts'

const FROM = 12_000
const TO = 32_000

/** A port that is free now, and that no connection is given while its server is being started again. */
export const steadyPort = async (): Promise<number> => {
  const wanted = randomInt(FROM, TO)
  return (await portOr(wanted)) === wanted ? wanted : steadyPort()
}
