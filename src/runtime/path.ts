// The path that a request is routed by: slashes too many in front, or any at the end, are not part of it.

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
