// Answers with a page of the console, or goes on to one after an action.

import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ConsoleContext } from './access.ts'
import type { Notice, Sessions } from './sessions.ts'
import { REFRESH_HEADER } from './ui/script.ts'
import { type Page, pageDocument } from './ui/shell.tsx'

export const createFrame = (sessions: Sessions, sendMode: string) => ({
  show: async (c: ConsoleContext, page: Page, status: ContentfulStatusCode = 200) => {
    const { id, csrf } = c.get('session')
    const notice = c.req.header(REFRESH_HEADER) ? null : await sessions.takeNotice(id)
    return c.html(pageDocument({ page, csrf, notice, mode: sendMode }), status)
  },
  /** Goes on to a page, which says what was done. */
  goOn: async (c: ConsoleContext, path: string, notice: Notice) => {
    await sessions.tell(c.get('session').id, notice)
    return c.redirect(path, 303)
  },
})

export type Frame = ReturnType<typeof createFrame>
