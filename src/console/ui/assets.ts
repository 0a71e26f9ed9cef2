// The files of the console beside its pages. Their names carry a digest of their content, so browsers keep them for good.

import { createHash } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { icon } from './icon.ts'
import { script } from './script.ts'
import { style } from './style.ts'

const nameOf = (content: string, ending: string) =>
  `/console/assets/${createHash('sha256').update(content).digest('hex').slice(0, 12)}.${ending}`

export const assets = {
  style: nameOf(style, 'css'),
  script: nameOf(script, 'js'),
  icon: nameOf(icon, 'svg'),
}

const serve = (content: string, type: string) => (c: Context) =>
  c.body(content, 200, { 'content-type': type, 'cache-control': KEPT })

const KEPT = 'public, max-age=31536000, immutable'

export const assetRoutes = () =>
  new Hono()
    .get(assets.style, serve(style, 'text/css; charset=utf-8'))
    .get(assets.script, serve(script, 'text/javascript; charset=utf-8'))
    .get(assets.icon, serve(icon, 'image/svg+xml'))
