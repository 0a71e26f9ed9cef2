// Puts together the search after a gap in the heartbeats, which finds out whether Redis was restored from an older backup.

import { createAdopt } from '../deliveries/adopt.ts'
import type { Adoptions } from '../deliveries/adoptions.ts'
import { createAskResend } from '../deliveries/ask-resend.ts'
import { slotOf } from '../links/link.ts'
import { messageIdOf } from '../records/message-id.ts'
import { failure } from '../runtime/log.ts'
import { backfillSoon } from './backfill.ts'
import type { Shared } from './shared.ts'

const TOKEN = /\/l\/([\w-]+)/g

export const createGapSearch = (shared: Shared, adoptions: Adoptions) => {
  const { config, processes, pause, tokens, log } = shared
  const adopt = createAdopt({
    ...{ ...shared, adoptions },
    ask: createAskResend(shared, 'if held'),
    messagesLinkedIn: (text) =>
      [...text.matchAll(TOKEN)].flatMap(([, token = '']) => {
        const claims = tokens.verify(token)
        return claims ? [messageIdOf(slotOf(claims), claims.recordId)] : []
      }),
    from: config.email.from.address.toLowerCase(),
  })
  let searching: Promise<void> | undefined

  /** Holds all mail, and has the search begin with the last heartbeat. Safe to repeat after a crash at any point. */
  const take = async (since: number) => {
    await adoptions.begin(since)
    await pause.hold('gap')
    log.info({ since: new Date(since) }, 'heartbeats had a gap')
    await backfillSoon(shared)
    await processes.closeGap()
  }

  const search = async (gap: number | null) => {
    if (gap !== null) await take(gap)
    await adopt()
  }

  return {
    /** Holds all mail before a worker sends any, where it begins after a gap or in the middle of a search. */
    begin: async (): Promise<void> => {
      const gap = await processes.openGap()
      if (gap !== null) await take(gap)
      else if (await adoptions.search()) await pause.hold('gap')
    },
    /** Searches, or goes on: each heartbeat calls it. @param gap an open one. */
    round: (gap: number | null): void => {
      searching ??= search(gap)
        .catch((error) => log.warn(failure(error), 'emails since the last heartbeat not yet known'))
        .finally(() => {
          searching = undefined
        })
    },
    /** Resolves when no search runs; soon, once the rate limiter is closed. */
    settled: async (): Promise<void> => {
      await searching
    },
  }
}
