// The routes of previews. The email stands in a frame of its own, in which nothing acts.

import { Hono } from 'hono'
import type { Kind, Language } from '../../../../emails/index.ts'
import {
  type NotSentTest,
  type Previews,
  sampleNamed,
  testText,
} from '../../../operator/previews.ts'
import type { ConsoleContext, ConsoleEnv } from '../../access.ts'
import type { Frame } from '../../frame.ts'
import type { Notice } from '../../sessions.ts'
import { EMAIL_DOCUMENT } from '../../ui/email.ts'
import { listPage, PREVIEWS, previewPage, previewPath, VIEWS } from './pages.tsx'

/** Its links lead nowhere. */
const NOWHERE = '#'

type PreviewsParts = {
  frame: Frame
  previews: Previews
  /** The language of customers who name none. */
  language: Language
  isKindOff: (kind: Kind) => boolean
  sendMode: string
}

const missing = {
  title: 'There is no such email',
  section: 'Previews' as const,
  parent: { path: PREVIEWS, name: 'Previews' },
  body: 'No email is of this kind, or none is in this language.',
}

const noticeOf = (because: NotSentTest | null): Notice => ({
  tone: because === null ? 'good' : 'bad',
  text: testText(because),
})

export const previewsSection = (parts: PreviewsParts) => {
  const { frame, previews, language, isKindOff, sendMode } = parts

  const sampleIn = (c: ConsoleContext) =>
    sampleNamed(c.req.param('kind') ?? '', c.req.param('language') ?? '')

  const PATH = `${PREVIEWS}/:kind/:language`

  return new Hono<ConsoleEnv>()
    .get(PREVIEWS, (c) => frame.show(c, listPage({ isOff: isKindOff, language })))
    .get(PATH, async (c) => {
      const sample = sampleIn(c)
      if (!sample) return frame.show(c, missing, 404)
      const wanted = c.req.query('view')
      const view = VIEWS.find((one) => one === wanted) ?? 'desktop'
      const [email, text] = await Promise.all([
        previews.compose(sample, NOWHERE),
        previews.textOf(sample),
      ])
      return frame.show(c, previewPage({ sample, view, email, text, sendMode }))
    })
    .get(PATH + EMAIL_DOCUMENT, async (c) => {
      const sample = sampleIn(c)
      if (!sample) return frame.show(c, missing, 404)
      const { html } = await previews.compose(sample, NOWHERE)
      return c.html(html)
    })
    .post(`${PATH}/test`, async (c) => {
      const sample = sampleIn(c)
      if (!sample) return frame.show(c, missing, 404)
      const because = await previews.sendTest(sample, c.get('form').address ?? '')
      return frame.goOn(c, previewPath(sample), noticeOf(because))
    })
}
