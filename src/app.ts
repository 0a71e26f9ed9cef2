// The composition root. An event goes: webhook endpoint → events → messages → deliveries → Resend. A click goes: link → visit
// → session → portal. roles/web.ts and roles/worker.ts put the two together, each from the parts that it needs.

import type { Hono } from 'hono'
import type { Config } from './config.ts'
import { createHeld } from './deliveries/held.ts'
import { ofSettings } from './doctor/settings.ts'
import { createAccountCheck } from './doctor/start-check.ts'
import { createKeptFindings } from './doctor/store.ts'
import { liveSince } from './events/live-since.ts'
import { mxResolver } from './links/mail-gateway.ts'
import { createShared, type World } from './roles/shared.ts'
import { startWeb } from './roles/web.ts'
import { startWorker } from './roles/worker.ts'
import { createReleases } from './runtime/releases.ts'

/** Without a `resolveMx`, the system's DNS is asked. */
type AppWorld = Omit<World, 'resolveMx'> & Partial<World>

/**
 * Opens what both roles need; then each role is started by itself. `close` ends everything that was started, the web role
 * first: no request comes to a worker that is closing.
 */
export const createApp = async (config: Config, world: AppWorld) => {
  const { resolveMx = mxResolver() } = world
  const closing = createReleases()
  const releases = closing.add(createReleases(), ({ close }) => close())

  const build = async () => {
    const shared = await createShared({ ...world, resolveMx, config, releases })
    const { redis, clock } = shared
    let since: Promise<number> | undefined
    const readLiveSince = () => {
      since ??= liveSince(redis, config.liveSince, clock)
      return since
    }
    const held = createHeld(shared)
    const account = releases.add(
      createAccountCheck({
        ...{ ...shared, isOff: shared.isKindOff, ofSettings: ofSettings(config) },
        kept: createKeptFindings(redis, clock),
      }),
      ({ close }) => close(),
    )
    return {
      startWorker: () => startWorker(shared, readLiveSince),
      startWeb: async (alongside?: Hono) =>
        closing.add(await startWeb(shared, alongside), ({ close }) => close()),
      /** From when on events are mailed, and how many messages wait for a person's decision. */
      facts: async () => ({
        live_since: new Date(await readLiveSince()),
        held: await held.count(),
      }),
      /** Reads the accounts at Polar and Resend, and warns of mistakes. */
      checkAccount: account.check,
      close: closing.close,
    }
  }

  try {
    return await build()
  } catch (error) {
    await closing.close().catch(() => {}) // the first error says why it failed
    throw error
  }
}

export type App = Awaited<ReturnType<typeof createApp>>
