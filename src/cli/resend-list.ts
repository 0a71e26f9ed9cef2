// Resend's list of suppressions, for a command. It needs Resend's key, and a command may run where settings are missing.

import { ConfigError } from '../config.ts'
import { createResendClient } from '../resend/client.ts'
import { createRateLimiter } from '../resend/rate-limiter.ts'
import { createRemoveAtResend, type RemoveAtResend } from '../suppressions/lift.ts'
import type { Context } from './context.ts'

const settingsIn = ({ config }: Context) => {
  try {
    return config().resend
  } catch (error) {
    if (error instanceof ConfigError) return null
    throw error
  }
}

export const createResendList = (context: Context): RemoveAtResend => {
  const settings = settingsIn(context)
  if (!settings) return async () => 'not_asked'
  const { apiKey, baseUrl, rateLimit } = settings
  const { redis, clock, pause } = context
  const rateLimiter = createRateLimiter({ redis, rate: rateLimit, pause: pause(), clock })
  // The next request of a worker notes the limit that Resend names.
  const resend = createResendClient({ apiKey, baseUrl, clock, onLimit: () => {} })
  return createRemoveAtResend({ resend, rateLimiter })
}
