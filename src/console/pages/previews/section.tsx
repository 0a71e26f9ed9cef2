// The routes of previews. The email stands in a frame of its own, in which nothing acts.

import { Hono } from 'hono'
import { isSpoken, type Kind, type Language } from '../../../../emails/index.ts'
import { UnrenderableError } from '../../../deliveries/composed.ts'
import { fillPlaceholders } from '../../../links/link.ts'
import type { Preview } from '../../../messages/preview.ts'
import { isIdLike } from '../../../messages/store.ts'
import type { ByKind, CustomerPreviews } from '../../../operator/customer-previews.ts'
import {
  type NotSentTest,
  type Previews,
  type Sample,
  sampleNamed,
  testText,
  unrenderableText,
} from '../../../operator/previews.ts'
import type { ConsoleContext, ConsoleEnv } from '../../access.ts'
import type { Frame } from '../../frame.ts'
import type { Notice } from '../../sessions.ts'
import { EMAIL_DOCUMENT, inertText } from '../../ui/email.ts'
import { otherKindsPage, previewPage, shownPath, VIEWS } from './page.tsx'
import { listPage, PREVIEWS, previewPath } from './pages.tsx'

/** Its links lead nowhere. */
const NOWHERE = '#'

type PreviewsParts = {
  frame: Frame
  previews: Previews
  ofCustomers: CustomerPreviews
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

const comesLater = {
  title: 'It cannot be shown yet',
  section: 'Previews' as const,
  parent: { path: PREVIEWS, name: 'Previews' },
  body: 'An order that this email shows has not come yet. Reload the page in a minute.',
}

type Ready = { of: string | null; email: Preview; text: string }

const unrenderable = (error: UnrenderableError) => ({
  title: 'This email cannot be rendered',
  section: 'Previews' as const,
  parent: { path: PREVIEWS, name: 'Previews' },
  body: (
    <p className="notice bad">
      {`${unrenderableText(error)}. If the template is your own, correct it; otherwise look at another message.`}
    </p>
  ),
})

type Composed = Ready | { others: ByKind } | 'later'

const noticeOf = (because: NotSentTest | null): Notice => ({
  tone: because === null ? 'good' : 'bad',
  text: testText(because),
})

export const previewsSection = (parts: PreviewsParts) => {
  const { frame, previews, ofCustomers, language, isKindOff, sendMode } = parts

  const PATH = `${PREVIEWS}/:kind/:language`

  /** Answers for a kind and a language that there are, and says why an email cannot be rendered. */
  const forSample =
    (answer: (c: ConsoleContext, sample: Sample) => Response | Promise<Response>) =>
    async (c: ConsoleContext) => {
      const sample = sampleNamed(c.req.param('kind') ?? '', c.req.param('language') ?? '')
      if (!sample) return frame.show(c, missing, 404)
      try {
        return await answer(c, sample)
      } catch (error) {
        if (error instanceof UnrenderableError) return frame.show(c, unrenderable(error), 422)
        throw error
      }
    }

  /** The email with the content of the newest message of the kind that an id names. */
  const personal = async (sample: Sample, id: string): Promise<Composed> => {
    // An address belongs into no URL, so it names nothing in one.
    const found = isIdLike(id) ? await ofCustomers.messagesOf(id) : {}
    const message = found[sample.kind]
    if (!message) return { others: found }
    const email = await ofCustomers.compose(message, sample.language)
    if (!email) return 'later'
    const html = fillPlaceholders(email.html, () => NOWHERE)
    return { of: message.id, email: { ...email, html }, text: inertText(email.text) }
  }

  const sampled = async (sample: Sample): Promise<Composed> => {
    const [email, text] = await Promise.all([
      previews.compose(sample, NOWHERE),
      previews.textOf(sample),
    ])
    return { of: null, email, text }
  }

  /** Answers with the email that the URL names: with sample data, or with the content of a message. */
  const forEmail = (
    answer: (c: ConsoleContext, sample: Sample, composed: Ready) => Response | Promise<Response>,
  ) =>
    forSample(async (c, sample) => {
      const id = c.req.query('of')
      const composed = await (id === undefined ? sampled(sample) : personal(sample, id))
      if (composed === 'later') return frame.show(c, comesLater, 503)
      if ('others' in composed) return frame.show(c, otherKindsPage(sample, composed.others), 404)
      return answer(c, sample, composed)
    })

  return new Hono<ConsoleEnv>()
    .get(PREVIEWS, (c) => {
      const wanted = c.req.query('language') ?? ''
      return frame.show(
        c,
        listPage({ isOff: isKindOff, language: isSpoken(wanted) ? wanted : language }),
      )
    })
    .get(
      PATH,
      forEmail((c, sample, composed) => {
        const wanted = c.req.query('view')
        const view = VIEWS.find((one) => one === wanted) ?? 'desktop'
        return frame.show(c, previewPage({ sample, view, sendMode, ...composed }))
      }),
    )
    .get(
      PATH + EMAIL_DOCUMENT,
      forEmail((c, _, { email }) => c.html(email.html)),
    )
    .post(
      `${PATH}/of`,
      forSample(async (c, sample) => {
        const found = await ofCustomers.messagesOf(c.get('form').q?.trim() ?? '')
        const of = found[sample.kind]?.id
        return of
          ? c.redirect(shownPath({ sample, of }), 303)
          : frame.show(c, otherKindsPage(sample, found), 404)
      }),
    )
    .post(
      `${PATH}/test`,
      forSample(async (c, sample) => {
        const because = await previews.sendTest(sample, c.get('form').address ?? '')
        return frame.goOn(c, previewPath(sample), noticeOf(because))
      }),
    )
}
