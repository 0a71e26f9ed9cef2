// GET /portal: a stable URL of the portal's home, for a site, a menu or a support article.

import { Hono } from 'hono'
import type { PortalUrls } from './urls.ts'

export const portalRoutes = (portalUrls: PortalUrls) =>
  new Hono({ strict: false }).get('/portal', (c) => c.redirect(portalUrls.home))
