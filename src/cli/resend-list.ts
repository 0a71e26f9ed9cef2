// Resend's list of suppressions, for a command. It needs Resend's key, and a command may run where settings are missing.

import { ConfigError, readConfig } from '../config.ts'
import type { RedisClient } from '../redis/connection.ts'
import { createResendClient } from '../resend/client.ts'
import { createPause } from '../resend/pause.ts'
import { createRateLimiter } from '../resend/rate-limiter.ts'
import type { Clock } from '../runtime/clock.ts'
import { createRemoveAtResend, type RemoveAtResend } from '../suppressions/lift.ts'

type ResendListParts = { redis: RedisClient; environment: NodeJS.ProcessEnv; clock: Clock }

const settingsIn = ({ environment, clock }: ResendListParts) => {
  try {
    return readConfig(environment, clock).resend
  } catch (error) {
    if (error instanceof ConfigError) return null
    throw error
  }
}

export const createResendList = (parts: ResendListParts): RemoveAtResend => {
  const { redis, clock } = parts
  const settings = settingsIn(parts)
  if (!settings) return async () => 'not_asked'
  const { apiKey, baseUrl, rateLimit } = settings
  const pause = createPause({ redis, clock })
  const rateLimiter = createRateLimiter({ redis, rate: rateLimit, pause, clock })
  // The next request of a worker notes the limit that Resend names.
  const resend = createResendClient({ apiKey, baseUrl, clock, onLimit: () => {} })
  return createRemoveAtResend({ resend, rateLimiter })
}
