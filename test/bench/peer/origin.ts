// Preloaded into the peer's web process. It redirects the adapter's Polar SDK, which accepts only Polar's two servers, to the
// simulated one.

import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { setting } from './settings.ts'

const besideAdapter = createRequire(createRequire(import.meta.url).resolve('@polar-sh/hono'))
const sdk = pathToFileURL(besideAdapter.resolve('@polar-sh/sdk/package.json'))
const { ServerList } = await import(new URL('dist/esm/lib/config.js', sdk).href)
ServerList.production = setting('POLAR_BASE_URL')
