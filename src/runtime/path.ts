// The path that a request is routed by, without extra slashes in front or at the end.

import { getPath } from 'hono/utils/url'

const SLASH = 47

/** Endpoint URLs are typed by hand and joined by proxies: `/webhooks/polar/` and `//webhooks/polar` are `/webhooks/polar`. */
export const routedPath = (request: Request): string => {
  const path = getPath(request)
  let start = 0
  let end = path.length
  while (path.charCodeAt(start + 1) === SLASH) start++
  while (end > start + 1 && path.charCodeAt(end - 1) === SLASH) end--
  return path.slice(start, end)
}
