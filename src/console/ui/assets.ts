// The files of the console beside its pages. Their names carry a digest of their content, so browsers keep them for good.

import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { script } from './script.ts'
import { style } from './style.ts'

const nameOf = (content: string, ending: string) =>
  `/console/assets/${createHash('sha256').update(content).digest('hex').slice(0, 12)}.${ending}`

export const assets = { style: nameOf(style, 'css'), script: nameOf(script, 'js') }

const KEPT = 'public, max-age=31536000, immutable'

export const assetRoutes = () =>
  new Hono()
    .get(assets.style, (c) =>
      c.body(style, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': KEPT }),
    )
    .get(assets.script, (c) =>
      c.body(script, 200, {
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': KEPT,
      }),
    )
