// The part of Polar's API below /v1/organizations: the token's one organization, and the change of what Polar mails to customers.

import { type Context, Hono } from 'hono'
import { matching, notFound, one, page, unlessUuid, unprocessable } from './answers.ts'
import type { World } from './world.ts'

const SETTINGS = 'customer_email_settings'

const REQUIRED = { msg: 'Field required', type: 'missing' }
const NO_BOOLEAN = { msg: 'Input should be a valid boolean', type: 'bool_type' }

export const createOrganizationRoutes = (world: World) => {
  /** Polar replaces the settings as a whole, so a change has to name each of them. */
  const faultOf = (c: Context, settings: Record<string, unknown>) => {
    for (const name of Object.keys(world.organization[SETTINGS])) {
      const input = settings[name]
      if (typeof input === 'boolean') continue
      const { msg, type } = input === undefined ? REQUIRED : NO_BOOLEAN
      return unprocessable(c, ['body', SETTINGS, name], msg, input ?? settings, type)
    }
    return undefined
  }

  const known = (c: Context) => c.req.param('id') === world.organization.id

  return new Hono()
    .get('/organizations/', (c) => page(c, [world.organization].filter(matching(c, 'slug'))))
    .get('/organizations/:id', (c) => one(c, known(c) ? world.organization : undefined))
    .patch('/organizations/:id', async (c) => {
      const malformed = unlessUuid(c, c.req.param('id'))
      if (malformed) return malformed
      if (!known(c)) return notFound(c)
      const body = Object(await c.req.json().catch(() => undefined)) as Record<string, unknown>
      const settings = body[SETTINGS] ?? undefined
      if (settings !== undefined) {
        const fault = faultOf(c, Object(settings))
        if (fault) return fault
        const names = Object.keys(world.organization[SETTINGS])
        const chosen = Object.fromEntries(names.map((name) => [name, Object(settings)[name]]))
        world.changeOrganization({
          [SETTINGS]: chosen as (typeof world.organization)[typeof SETTINGS],
        })
      }
      return c.json(world.organization)
    })
}
