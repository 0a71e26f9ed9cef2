// GET /portal: the stable way to the portal's front door, for a site, a menu, a support article.

import { Hono } from 'hono'
import type { Places } from './places.ts'

export const portalRoutes = (places: Places) =>
  new Hono({ strict: false }).get('/portal', (c) => c.redirect(places.front))
